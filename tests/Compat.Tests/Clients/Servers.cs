using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Equecel.Compat.Tests.Clients;

/// <summary>A Redis server and a RabbitMQ broker, run by the parts of the host that run them.</summary>
[CollectionDefinition("servers")]
public sealed class Servers : IAsyncLifetime, ICollectionFixture<Servers>
{
    private readonly string root = Path.Combine(Path.GetTempPath(), $"equecel-clients-{Guid.NewGuid():N}");
    private readonly List<Supervisor> supervisors = [];

    private DataFolder folder = null!;
    private Task running = Task.CompletedTask;

    internal RedisResource Cache { get; private set; } = null!;

    internal RabbitMQServerResource Messaging { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        folder = DataFolder.Open(root);
        var builder = new DistributedApplicationBuilder(root, ["Parameters:cache-password=one", "Parameters:messaging-password=two"]);
        var ports = new Ports();
        Cache = builder.AddRedis("cache").WithArgs("--save", "", "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru").Resource;
        Messaging = builder.AddRabbitMQ("messaging").Resource;
        (Cache.Port, Messaging.Port) = (ports.Take(), ports.Take());

        Add(Cache, _ => new RedisWorkload(Cache, folder));
        Add(Messaging, log => new RabbitMQWorkload(Messaging, folder, ports, log));
        running = Task.WhenAll(supervisors.Select(supervisor => supervisor.RunAsync([])));
        await Task.WhenAny(running, Task.WhenAll(supervisors.Select(supervisor => supervisor.Ready)));
    }

    public async Task DisposeAsync()
    {
        supervisors.ForEach(supervisor => supervisor.Stop());
        await running;
        supervisors.ForEach(supervisor => supervisor.Dispose());
        folder.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private void Add(Resource resource, Func<Action<string>, Workload> workload)
    {
        var log = new ResourceLog(resource.Name, folder.Logs);
        supervisors.Add(new Supervisor(resource, workload(log.Write), log, new ProcessRecords(folder.Processes), Stopwatch.StartNew()));
    }
}

using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Runs all resources of an application, and ends them in the reverse order of their start.</summary>
internal sealed class Platform(IReadOnlyList<Resource> resources, DataFolder folder, string? pageUrl)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Ports ports = new();
    private readonly ProcessRecords records = new(folder.Processes);
    private readonly Dictionary<Resource, Supervisor> supervisors = [];

    /// <summary>Runs until stopped or until a resource cannot run.</summary>
    /// <exception cref="DistributedApplicationException">A resource cannot run; everything has been stopped.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var gate = folder;
        using var log = new ResourceLog("apphost", folder.Logs);
        await records.EndLeftoversAsync();
        File.Delete(folder.PlatformFile);
        AllotPorts();
        foreach (var resource in resources.Where(resource => resource.Host == resource && resource is not ParameterResource))
        {
            var resourceLog = new ResourceLog(resource.Name, folder.Logs);
            supervisors[resource] = new Supervisor(resource, CreateWorkload(resource, resourceLog.Write), resourceLog, records, clock);
        }

        var running = supervisors.Values.ToDictionary(
            supervisor => supervisor,
            supervisor => supervisor.RunAsync(supervisor.Resource.WaitsFor.Select(other => supervisors[other.Host])));
        try
        {
            await using var page = await ResourcePage.StartAsync(pageUrl, this);
            log.Write($"resources: {page.Url}");
            PrivateFile.Write(folder.PlatformFile, JsonSerializer.Serialize(new { page = page.Url, pid = Environment.ProcessId }));
            await WaitAsync(running.Values, log, stop);
            log.Write("stopping");
            await StopAsync(running);
            await Task.WhenAll(running.Values);
        }
        finally
        {
            await StopAsync(running);
            File.Delete(folder.PlatformFile);
            foreach (var supervisor in supervisors.Values)
            {
                supervisor.Dispose();
            }
        }

        log.Write("stopped");
    }

    /// <summary>Says how every resource is, databases after their server.</summary>
    public object Describe() => new
    {
        Ready = supervisors.Values.All(supervisor => supervisor.Ready.IsCompleted),
        Resources = resources.Where(resource => resource is not ParameterResource).Select(Describe),
    };

    private object Describe(Resource resource)
    {
        var supervisor = supervisors[resource.Host];
        var status = supervisor.Status;
        return new
        {
            resource.Name,
            Type = resource.Kind,
            status.State,
            Health = resource.Host == resource || supervisor.Ready.IsCompleted ? status.Health : null,
            status.Detail,
            status.Pid,
            status.Restarts,
            status.ReadyAfterSeconds,
            Endpoints = resource switch
            {
                ProjectResource project => project.Endpoints.Select(endpoint => new { endpoint.Name, endpoint.Url }),
                ServerResource server => [new { Name = "tcp", Url = $"tcp://127.0.0.1:{server.Port}" }],
                _ => [],
            },
            Log = resource.Host == resource ? supervisor.Log.Last : [],
        };
    }

    private void AllotPorts()
    {
        foreach (var resource in resources)
        {
            if (resource is ServerResource server)
            {
                server.Port = ports.Take();
            }

            foreach (var endpoint in (resource as ProjectResource)?.Endpoints ?? [])
            {
                if (endpoint.Port is > 0 and var port && !Ports.IsFree(port))
                {
                    throw new DistributedApplicationException($"Port {port}, endpoint '{endpoint.Name}' of '{resource.Name}', is in use: stop the program that has it, or configure another port.");
                }

                endpoint.AllottedPort = endpoint.Port is > 0 and var wanted ? wanted : ports.Take();
            }
        }
    }

    private Workload CreateWorkload(Resource resource, Action<string> log) => resource switch
    {
        PostgresServerResource server => new PostgresWorkload(server, folder, log),
        RabbitMQServerResource server => new RabbitMQWorkload(server, folder, ports, log),
        RedisResource server => new RedisWorkload(server, folder),
        ProjectResource project => new ProjectWorkload(project),
        _ => throw new UnreachableException(),
    };

    private async Task WaitAsync(IEnumerable<Task> running, ResourceLog log, CancellationToken stop)
    {
        var stopped = Task.Delay(Timeout.Infinite, stop);
        var ready = Task.WhenAll(supervisors.Values.Select(supervisor => supervisor.Ready));
        var ended = Task.WhenAny([stopped, .. running]);
        if (await Task.WhenAny(ready, ended) == ready)
        {
            log.Write($"everything is ready after {clock.Elapsed.TotalSeconds:0.0} s");
            foreach (var endpoint in resources.OfType<ProjectResource>().SelectMany(project => project.Endpoints).Where(endpoint => endpoint.IsExternal))
            {
                log.Write($"open to callers: {endpoint.Name} {endpoint.Url}");
            }
        }

        await ended;
    }

    /// <summary>Stops each resource after all that wait for it or use it.</summary>
    private async Task StopAsync(Dictionary<Supervisor, Task> running)
    {
        var stopped = new Dictionary<Resource, Task>();
        await Task.WhenAll(supervisors.Keys.Select(Stop));

        Task Stop(Resource resource) => stopped.TryGetValue(resource, out var task)
            ? task
            : stopped[resource] = StopAfterAsync(supervisors[resource], [.. Dependents(resource).Select(Stop)]);

        async Task StopAfterAsync(Supervisor supervisor, Task[] dependents)
        {
            await Task.WhenAll(dependents);
            supervisor.Stop();
            await Task.WhenAny(running[supervisor]);
        }
    }

    private IEnumerable<Resource> Dependents(Resource resource) => supervisors.Keys.Where(other =>
        other != resource
        && (other.WaitsFor.Exists(dependency => dependency.Host == resource)
            || (resource is ServerResource && other.Uses.Exists(dependency => dependency.Host == resource))));
}

using Equecel.Faults.Tests.Wire;

namespace Equecel.Faults.Tests.Running;

/// <summary>
/// The whole platform, each part a process of its own as internal teams and operators run it, in a folder of its own, with a link
/// under the examiner's hand between each two parts.
/// </summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly Dictionary<string, Link> links = [];

    private Platform(IReadOnlyDictionary<string, string> programs)
    {
        Postgres = new PostgresPart(Folder, [.. Capture.Append("analytics").Select(service => $"{service}db")]);
        Broker = new BrokerPart(Folder);
        Cache = new CachePart(Folder);
        Services = PlatformPlan.Services(this, programs);
    }

    /// <summary>The sites.</summary>
    public static IReadOnlyList<string> Sites { get; } = ["01", "02", "03"];

    /// <summary>The capture services, all of which the examiner sends to.</summary>
    public static IReadOnlyList<string> Capture { get; } = ["enrolment", "assessment", "safety", "questionnaire"];

    /// <summary>Analytics' queue.</summary>
    public const string Queue = "analytics.records.v1";

    /// <summary>Its folder.</summary>
    public string Folder { get; } = NativeServer.CreateFolder("faults");

    /// <summary>The database server.</summary>
    public PostgresPart Postgres { get; }

    /// <summary>The broker.</summary>
    public BrokerPart Broker { get; }

    /// <summary>The cache.</summary>
    public CachePart Cache { get; }

    /// <summary>The services.</summary>
    public IReadOnlyList<ServicePart> Services { get; }

    /// <summary>All parts.</summary>
    public IReadOnlyList<Part> Parts => [Postgres, Broker, Cache, .. Services];

    /// <summary>The links between parts.</summary>
    public IReadOnlyCollection<Link> Links => links.Values;

    /// <summary>What the links to the broker have seen.</summary>
    public MessageLog Messages { get; } = new();

    /// <summary>The gateway's address for gRPC, as sites reach it.</summary>
    public Uri Gateway => new($"http://127.0.0.1:{links["sites-gateway"].Port}");

    /// <summary>The gateway's address for HTTP.</summary>
    public Uri GatewayHttp => new($"http://127.0.0.1:{links["sites-tokens"].Port}");

    /// <summary>Starts everything at once, since the order must not matter.</summary>
    /// <param name="programs">Other builds of services: folders by name.</param>
    public static async Task<Platform> StartAsync(IReadOnlyDictionary<string, string>? programs = null)
    {
        var platform = new Platform(programs ?? new Dictionary<string, string>());
        try
        {
            await platform.HealAsync();
            await platform.SettleQueuesAsync();
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>A service.</summary>
    public ServicePart Service(string name) => Services.Single(service => service.Name == name);

    /// <summary>A link, such as <c>safety-postgres</c>.</summary>
    public Link Link(string name) => links[name];

    /// <summary>Waits until the queues are there and known on disk.</summary>
    public async Task SettleQueuesAsync()
    {
        await Broker.HasQueueAsync(Queue);
        await Broker.SettleAsync();
    }

    /// <summary>Takes every fault away, and waits until all parts answer.</summary>
    public async Task HealAsync()
    {
        foreach (var link in links.Values)
        {
            link.Mend();
        }

        Postgres.Disk.Free();
        foreach (var part in Parts)
        {
            part.Thaw();
        }

        await Task.WhenAll(Parts.Select(part => part.StartAsync()));
        await Broker.RunAsync("rabbit_disk_monitor:set_disk_free_limit(50000000), vm_memory_monitor:set_vm_memory_high_watermark(0.4), ok");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in Parts.Reverse())
        {
            await part.DisposeAsync();
        }

        foreach (var link in links.Values)
        {
            await link.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Makes a link.</summary>
    /// <param name="from">Who uses it.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="target">Its port.</param>
    /// <returns>The port to connect to.</returns>
    internal int Connect(string from, string to, Func<int> target)
    {
        Func<IWireReader>? reader = to switch
        {
            "postgres" => () => new PostgresReader(),
            "messaging" => () => new AmqpReader(Messages),
            _ => null,
        };
        var link = new Link($"{from}-{to}", target, reader);
        links.Add(link.Name, link);
        return link.Port;
    }
}

using Equecel.Faults.Tests.Running;
using Grpc.Net.Client;

namespace Equecel.Faults.Tests.Driving;

/// <summary>All that uses the platform: site systems, and those who follow what is saved.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int SystemsOfASite = 4;
    private const int ContestedOfASite = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<SiteClient> clients = [];
    private readonly List<SiteSystem> systems = [];
    private readonly List<GrpcChannel> channels = [];
    private readonly Tokens tokens;
    private CancellationTokenSource giveUp = new();
    private CancellationTokenSource stopWorking = new();
    private CancellationTokenSource stopWatching = new();
    private Task working = Task.CompletedTask;
    private Task watching = Task.CompletedTask;

    private Load(Platform platform)
    {
        tokens = new Tokens(platform.GatewayHttp);
        History = new History(Path.Combine(platform.Folder, "history.jsonl"));
    }

    /// <summary>The history.</summary>
    public History History { get; }

    /// <summary>What no fault excuses.</summary>
    public Complaints Complaints { get; } = new();

    /// <summary>Those who follow feeds all the time.</summary>
    public List<Watcher> Watchers { get; } = [];

    /// <summary>Someone of the study's team, who sees everything.</summary>
    public SiteClient Study { get; private set; } = null!;

    /// <summary>Registers the sites and makes everybody ready.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="dice">What they do.</param>
    public static async Task<Load> PrepareAsync(Platform platform, Random dice)
    {
        var load = new Load(platform);
        load.Study = load.Client("study-team", "", platform.Gateway);
        foreach (var (index, site) in Platform.Sites.Index())
        {
            var client = load.Client($"site-{site}", site, platform.Gateway);
            await client.SubmitAsync(Forms.Site(site), Expectation.Saved);
            var contested = await load.ContestedAsync(client, dice);
            for (var system = 0; system < SystemsOfASite; system++)
            {
                // A connection of its own, as each hospital's program has.
                var own = load.Client($"site-{site}", site, platform.Gateway);
                load.systems.Add(new SiteSystem(own, load.History, new Random(dice.Next()), 100_000 * ((10 * index) + system + 1), contested));
            }

            // Enrolment's feed of each site, and of each other service that of one.
            load.Watchers.Add(new Watcher(client, Platform.Capture[0]));
            load.Watchers.Add(new Watcher(client, Platform.Capture[1 + (index % (Platform.Capture.Count - 1))]));
        }

        load.Watchers.AddRange(Platform.Capture.Select(service => new Watcher(load.Study, service)));
        return load;
    }

    /// <summary>Has every client give its attempts so long from now on.</summary>
    public void SetDeadline(TimeSpan deadline) => clients.ForEach(client => client.Deadline = deadline);

    /// <summary>A client on a channel of its own.</summary>
    /// <param name="name">The OAuth client.</param>
    /// <param name="site">Its site; empty for one of the study.</param>
    /// <param name="address">The gateway, or a service past it.</param>
    public SiteClient Client(string name, string site, Uri address)
    {
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5), KeepAlivePingDelay = TimeSpan.FromSeconds(10), KeepAlivePingTimeout = TimeSpan.FromSeconds(5) },
            DisposeHttpClient = true,
        });
        channels.Add(channel);
        var client = new SiteClient(name, site, channel, tokens, History, Complaints) { GiveUp = giveUp.Token };
        clients.Add(client);
        return client;
    }

    /// <summary>Begins to work and to follow.</summary>
    /// <param name="rest">How long each system rests between its calls.</param>
    public void Start(TimeSpan rest)
    {
        (stopWorking, stopWatching) = (new(), new());
        Hope();
        // New ones last until long after the round.
        tokens.Clear();
        systems.ForEach(system => system.Rest = rest);
        working = Task.WhenAll(systems.Select(system => Task.Run(() => system.RunAsync(stopWorking.Token))));
        watching = Task.WhenAll(Watchers.Select(watcher => Task.Run(() => watcher.RunAsync(stopWatching.Token))));
    }

    /// <summary>Begins nothing new, and waits until every call has its answer or will not get one.</summary>
    public async Task StopWorkingAsync()
    {
        await stopWorking.CancelAsync();
        giveUp.CancelAfter(Patience);
        await working;
        Hope();
    }

    /// <summary>Follows no feed any more.</summary>
    public async Task StopWatchingAsync()
    {
        await stopWatching.CancelAsync();
        await watching;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopWorking.CancelAsync();
        await stopWatching.CancelAsync();
        await giveUp.CancelAsync();
        await Task.WhenAll(working, watching);
        channels.ForEach(channel => channel.Dispose());
        tokens.Dispose();
        await History.DisposeAsync();
    }

    private void Hope()
    {
        giveUp = new();
        clients.ForEach(client => client.GiveUp = giveUp.Token);
    }

    private async Task<IReadOnlyList<string>> ContestedAsync(SiteClient client, Random dice)
    {
        var participant = Forms.Code(client.Site, 1);
        await client.SubmitAsync(Forms.Participation(participant, dice), Expectation.Saved);
        var records = new List<string>();
        for (var i = 0; i < ContestedOfASite; i++)
        {
            records.Add((await client.SubmitAsync(Forms.FollowUp(participant, dice), Expectation.Saved)).RecordId);
        }

        return records;
    }
}

using Equecel.Testing;

namespace Equecel.Analytics.Tests.Support;

/// <summary>What Analytics stands among: its database, the broker, the capture services and an issuer of tokens; all new and empty.</summary>
internal sealed class Platform : IAsyncDisposable
{
    public required string Database { get; init; }

    public required string BrokerUri { get; init; }

    public required CaptureServices Capture { get; init; }

    public required TestIdentity Issuer { get; init; }

    public required Broker Broker { get; init; }

    /// <summary>Everything that the services have logged.</summary>
    public List<string> Log { get; } = [];

    public static async Task<Platform> StartAsync(TestPostgres postgres, TestRabbitMq rabbit)
    {
        var uri = await rabbit.CreateVirtualHostAsync();
        return new Platform
        {
            Database = await postgres.CreateDatabaseAsync(),
            BrokerUri = uri,
            Capture = await CaptureServices.StartAsync(),
            Issuer = await TestIdentity.StartAsync(),
            Broker = await Broker.ConnectAsync(uri),
        };
    }

    /// <summary>Starts Analytics and waits until it consumes.</summary>
    public async Task<AnalyticsHost> StartAnalyticsAsync(TimeProvider? clock = null, string checkpoints = "")
    {
        var host = await AnalyticsHost.StartAsync(Database, BrokerUri, Capture.Address, Issuer, Log, clock, checkpoints);
        await AnalyticsHost.UntilAsync(async () => await Broker.ConsumersAsync() > 0);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Capture.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

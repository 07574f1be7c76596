using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Equecel.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equecel.Analytics.Tests.Support;

/// <summary>The service as its program composes it, in this process, with a client.</summary>
internal sealed class AnalyticsHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly GrpcChannel channel;
    private readonly TestIdentity issuer;
    private readonly string database;

    private AnalyticsHost(WebApplication app, TestIdentity issuer, string database)
    {
        this.app = app;
        this.issuer = issuer;
        this.database = database;
        channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new AnalyticsService.AnalyticsServiceClient(channel);
    }

    public AnalyticsService.AnalyticsServiceClient Client { get; }

    /// <summary>Headers of the study team's calls.</summary>
    public Metadata Study => new() { { "authorization", $"Bearer {issuer.Issue("equecel.study")}" } };

    /// <summary>Headers of an operator's calls.</summary>
    public Metadata Operator => new() { { "authorization", $"Bearer {issuer.Issue("equecel.operate")}" } };

    /// <summary>The database as the service's own role reaches it.</summary>
    public NpgsqlDataSource Database => app.Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<AnalyticsHost> StartAsync(string database, string broker, string capture, TestIdentity issuer, List<string>? log = null, TimeProvider? clock = null, string checkpoints = "")
    {
        var builder = WebApplication.CreateBuilder();

        // The program's own settings lie beside the tests and would open its ports.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:analyticsdb"] = database,
            ["ConnectionStrings:messaging"] = broker,
            ["services:enrolment:grpc:0"] = capture,
            ["services:assessment:grpc:0"] = capture,
            ["services:safety:grpc:0"] = capture,
            ["services:questionnaire:grpc:0"] = capture,
            ["Identity:Authority"] = issuer.Address,
            ["Identity:Issuer"] = TestIdentity.Issuer,
            ["Identity:ClientId"] = "analytics-service",
            ["Identity:ClientSecret"] = "secret",
            ["Drain:Pause"] = "00:00:00",
            ["Records:CheckpointPath"] = checkpoints,
            ["Records:CheckpointInterval"] = "1.00:00:00",
        });
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(new LogLines(log));
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.AddGrpcServiceDefaults("analytics");
        builder.AddCohort();
        builder.AddSnapshots();
        builder.AddIngestion();
        builder.AddCrossChecks();
        builder.AddOperations();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        var app = builder.Build();
        app.UseAuthentication();
        app.MapGrpcService<AnalyticsGrpcService>();
        app.MapGrpcDefaults();
        await app.StartAsync();
        return new AnalyticsHost(app, issuer, database);
    }

    /// <summary>A part of the service.</summary>
    public T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Has the feeds read now.</summary>
    public void CatchUp() => app.Services.GetRequiredService<FeedReaders>().CatchUp();

    /// <summary>Asks for overall survival, once the cohort is loaded.</summary>
    public async Task<SurvivalCurve> CurveAsync(Action<GetSurvivalCurveRequest>? ask = null)
    {
        var request = new GetSurvivalCurveRequest { Endpoint = V1.Endpoint.OverallSurvival };
        ask?.Invoke(request);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await Client.GetSurvivalCurveAsync(request, Study);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    /// <summary>The curve, once so many versions have been taken in.</summary>
    public async Task<SurvivalCurve> CurveOfAsync(long versionCount)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var curve = await CurveAsync();
            if (curve.Position.VersionCount >= versionCount)
            {
                Assert.Equal(versionCount, curve.Position.VersionCount);
                return curve;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Reads one value, or rows of one column, from the service's database, as the superuser.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await rows.ReadAsync())
        {
            values.Add(rows.GetFieldValue<T>(0));
        }

        return values;
    }

    /// <summary>Stops the service; callers see what they are told.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}

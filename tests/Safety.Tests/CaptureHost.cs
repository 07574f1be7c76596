using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Equecel.Safety.Tests;

/// <summary>A capture service as it is shipped, with a database, a cache and an Enrolment of its own.</summary>
/// <typeparam name="TClient">The service's client.</typeparam>
/// <param name="service">Its name, such as <c>Safety</c>.</param>
/// <param name="newClient">Makes a client.</param>
/// <param name="facts">What Enrolment knows of a participant.</param>
public abstract class CaptureHost<TClient>(string service, Func<CallInvoker, TClient> newClient, Func<string, ParticipantFacts> facts) : IAsyncLifetime
    where TClient : ClientBase<TClient>
{
    private readonly TestPostgres postgres = new();
    private readonly TestRedis redis = new();
    private int participants;
    private ServiceProcess process = null!;

    public EnrolmentPeer Enrolment { get; } = new();

    public string Database { get; private set; } = "";

    public GrpcChannel Channel { get; private set; } = null!;

    public TClient Site01 => As("site-01", "equecel.capture", "01");

    public TClient Site02 => As("site-02", "equecel.capture", "02");

    public TClient StudyTeam => As("study-team", "equecel.study");

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await redis.InitializeAsync();
        await Enrolment.StartAsync();
        Database = await postgres.CreateDatabaseAsync();
        (process, Channel) = await CaptureProcess.StartAsync(service, Database, redis.CreateDatabase(), Enrolment);
    }

    public async Task DisposeAsync()
    {
        Channel.Dispose();
        await process.DisposeAsync();
        await Enrolment.DisposeAsync();
        Assert.DoesNotContain("Defect", process.Log, StringComparison.Ordinal);
    }

    /// <summary>Somebody whom Enrolment knows.</summary>
    public string Enrol(string site = "01")
    {
        var code = $"{site}-{Interlocked.Increment(ref participants):0000}";
        Enrolment.Enrolled[code] = facts(code);
        return code;
    }

    public TClient As(string client, string scope, string? site = null) => newClient(CaptureProcess.With(Channel, Token(client, scope, site)));

    public string Token(string client, string scope, string? site = null) => Enrolment.Issuer.Token(claims =>
    {
        claims["client_id"] = client;
        claims["scope"] = new JsonArray(scope);
        claims["site"] = site;
        if (site is null)
        {
            claims.Remove("site");
        }
    });
}

/// <summary>The process of a capture service.</summary>
public static class CaptureProcess
{
    /// <summary>Starts one.</summary>
    public static async Task<(ServiceProcess Process, GrpcChannel Channel)> StartAsync(string service, string database, string? cache, EnrolmentPeer enrolment)
    {
        var (http, grpc) = ($"http://127.0.0.1:{FreePort.Take()}", $"http://127.0.0.1:{FreePort.Take()}");
        var process = await ServiceProcess.StartAsync($"Equecel.{service}", $"{http}/health", new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__http__Url"] = http,
            ["Kestrel__Endpoints__grpc__Url"] = grpc,
            ["Identity__Authority"] = enrolment.Authority,
            ["Identity__ClientSecret"] = "secret",
            ["services__enrolment__grpc__0"] = enrolment.Grpc,
            [$"ConnectionStrings__{service.ToLowerInvariant()}db"] = database,
            ["ConnectionStrings__cache"] = cache ?? "127.0.0.1:1",
            ["ConnectionStrings__messaging"] = "amqp://127.0.0.1:1",
            ["Directory__SettledAfter"] = "00:00:03",
        });
        return (process, GrpcChannel.ForAddress(grpc));
    }

    /// <summary>Calls with a token.</summary>
    public static CallInvoker With(GrpcChannel channel, string token) => channel.Intercept(headers =>
    {
        headers.Add("authorization", $"Bearer {token}");
        return headers;
    });
}

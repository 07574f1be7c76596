using System.Text.Json.Nodes;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.Tests;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using ImportRecordsRequest = Equecel.Questionnaire.V1.ImportRecordsRequest;
using SubmitRecordRequest = Equecel.Questionnaire.V1.SubmitRecordRequest;

namespace Equecel.Questionnaire.Tests;

/// <summary>Questionnaire as it is shipped, with a database, a cache and an Enrolment of its own.</summary>
public sealed class QuestionnaireHost : IAsyncLifetime
{
    private static int participants;

    private readonly TestPostgres postgres = new();
    private readonly TestRedis redis = new();
    private ServiceProcess process = null!;

    public EnrolmentPeer Enrolment { get; } = new();

    public string Database { get; private set; } = "";

    public GrpcChannel Channel { get; private set; } = null!;

    public QuestionnaireService.QuestionnaireServiceClient Site01 => As("site-01", "equecel.capture", "01");

    public QuestionnaireService.QuestionnaireServiceClient Site02 => As("site-02", "equecel.capture", "02");

    public QuestionnaireService.QuestionnaireServiceClient StudyTeam => As("study-team", "equecel.study");

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await redis.InitializeAsync();
        await Enrolment.StartAsync();
        Database = await postgres.CreateDatabaseAsync();
        (process, Channel) = await StartAsync(Database, redis.CreateDatabase(), Enrolment);
    }

    public async Task DisposeAsync()
    {
        Channel.Dispose();
        await process.DisposeAsync();
        await Enrolment.DisposeAsync();
        Assert.DoesNotContain("Defect", process.Log, StringComparison.Ordinal);
    }

    /// <summary>Starts a Questionnaire of a test's own.</summary>
    public static async Task<(ServiceProcess Process, GrpcChannel Channel)> StartAsync(string database, string? cache, EnrolmentPeer enrolment)
    {
        var (http, grpc) = ($"http://127.0.0.1:{FreePort.Take()}", $"http://127.0.0.1:{FreePort.Take()}");
        var process = await ServiceProcess.StartAsync("Equecel.Questionnaire", $"{http}/health", new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__http__Url"] = http,
            ["Kestrel__Endpoints__grpc__Url"] = grpc,
            ["Identity__Authority"] = enrolment.Authority,
            ["Identity__ClientSecret"] = "secret",
            ["services__enrolment__grpc__0"] = enrolment.Grpc,
            ["ConnectionStrings__questionnairedb"] = database,
            ["ConnectionStrings__cache"] = cache ?? "127.0.0.1:1",
            ["ConnectionStrings__messaging"] = "amqp://127.0.0.1:1",
        });
        return (process, GrpcChannel.ForAddress(grpc));
    }

    /// <summary>Somebody whom Enrolment knows.</summary>
    public string Enrol(string site = "01")
    {
        var code = $"{site}-{Interlocked.Increment(ref participants):0000}";
        Enrolment.Enrolled[code] = Form.Facts(code);
        return code;
    }

    public QuestionnaireService.QuestionnaireServiceClient As(string client, string scope, string? site = null) => On(Channel, Token(client, scope, site));

    public static QuestionnaireService.QuestionnaireServiceClient On(GrpcChannel channel, string token) => new(channel.Intercept(headers =>
    {
        headers.Add("authorization", $"Bearer {token}");
        return headers;
    }));

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

    /// <summary>Sends rows as one stream.</summary>
    public static async Task<List<ImportVerdict>> ImportAsync(QuestionnaireService.QuestionnaireServiceClient client, params SubmitRecordRequest[] rows)
    {
        using var call = client.ImportRecords();
        foreach (var row in rows)
        {
            await call.RequestStream.WriteAsync(new ImportRecordsRequest { Row = row });
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}

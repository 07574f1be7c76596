using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Npgsql;

namespace Equecel.Enrolment.Tests;

/// <summary>Enrolment as it is shipped, with a database of its own. Sites 01 and 02 are registered.</summary>
public sealed class EnrolmentHost : IAsyncLifetime
{
    private static int participants;

    private readonly TestPostgres postgres = new();
    private string database = null!;
    private string http = null!;
    private ServiceProcess process = null!;

    public TokenIssuer Issuer { get; } = new();

    public GrpcChannel Channel { get; private set; } = null!;

    /// <summary>What it has written so far.</summary>
    public string Log => process.Log;

    /// <summary>A site system, which sees its own site.</summary>
    public EnrolmentService.EnrolmentServiceClient Site01 => As("site-01", "equecel.capture", "01");

    public EnrolmentService.EnrolmentServiceClient Site02 => As("site-02", "equecel.capture", "02");

    public EnrolmentService.EnrolmentServiceClient StudyOffice => As("study-office", "equecel.manage");

    public EnrolmentService.EnrolmentServiceClient StudyTeam => As("study-team", "equecel.study");

    public EnrolmentService.EnrolmentServiceClient Safety => As("safety-service", "equecel.feed");

    /// <summary>A code that nobody has.</summary>
    public static string NewParticipant(string site = "01") => $"{site}-{Interlocked.Increment(ref participants):0000}";

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        database = await postgres.CreateDatabaseAsync();
        await Issuer.StartAsync();
        (process, http, Channel) = await StartAsync();
        await StudyOffice.SubmitRecordAsync(Form.Submit(Form.Site("01")));
        await StudyOffice.SubmitRecordAsync(Form.Submit(Form.Site("02")));
    }

    public async Task DisposeAsync()
    {
        Channel.Dispose();
        await process.DisposeAsync();
        await Issuer.DisposeAsync();
        Assert.DoesNotContain("Defect", Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Log, StringComparison.Ordinal);
    }

    public EnrolmentService.EnrolmentServiceClient As(string client, string scope, string? site = null) => With(Token(client, scope, site));

    public EnrolmentService.EnrolmentServiceClient With(string? token) => With(token, Channel);

    public string Token(string client, string scope, string? site = null) => Issuer.Token(claims =>
    {
        claims["client_id"] = client;
        claims["scope"] = new JsonArray(scope);
        claims["site"] = site;
        if (site is null)
        {
            claims.Remove("site");
        }
    });

    /// <summary>Sends a form of site 01 to another instance of the service, which is started for it.</summary>
    public async Task<EnrolmentRecord> SubmitElsewhereAsync(SubmitRecordRequest request)
    {
        var (other, _, channel) = await StartAsync();
        await using (other)
        using (channel)
        {
            return await With(Token("site-01", "equecel.capture", "01"), channel).SubmitRecordAsync(request);
        }
    }

    /// <summary>Status of its health page; null when nobody answers.</summary>
    public Task<int?> HealthAsync() => StatusAsync("/health");

    /// <summary>Status of a page of it for somebody without a token; null when nobody answers.</summary>
    public async Task<int?> StatusAsync(string page)
    {
        using var client = new HttpClient();
        try
        {
            return (int)(await client.GetAsync(new Uri($"{http}{page}"))).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>Asks for something of one moment: again, when what follows the journal saved something meanwhile.</summary>
    /// <param name="ask">Asks.</param>
    /// <returns>The answer, and how many versions the journal had then.</returns>
    public async Task<(T Answer, long VersionCount)> OfOneMomentAsync<T>(Func<Task<T>> ask)
    {
        var (before, answer, _) = await Eventually.GetAsync(
            async () => (Before: await CountAsync(), Answer: await ask(), After: await CountAsync()), seen => seen.Before == seen.After);
        return (answer, before);

        Task<long> CountAsync() => AskAsync<long>("select count(*) from journal");
    }

    /// <summary>Waits until everything that is computed from what was saved is derived. Data queries may still come.</summary>
    public Task SettledAsync() => Eventually.GetAsync(
        () => AskAsync<bool>("select exists (select from derived_positions) and not exists (select from journal j join derived_positions p on (j.xid, j.seq) > (p.xid, p.seq))"),
        settled => settled);

    /// <summary>Enrols a new participant.</summary>
    public async Task<string> EnrolAsync(string site = "01", Action<Participation>? change = null)
    {
        var participant = NewParticipant(site);
        var form = Form.Participation();
        change?.Invoke(form);
        await As($"site-{site}", "equecel.capture", site).SubmitRecordAsync(Form.Submit(participant, form));
        return participant;
    }

    /// <summary>Sends rows as one stream.</summary>
    public static async Task<List<ImportVerdict>> ImportAsync(EnrolmentService.EnrolmentServiceClient client, params SubmitRecordRequest?[] rows)
    {
        using var call = client.ImportRecords();
        var verdicts = ReadAsync(call.ResponseStream);
        foreach (var row in rows)
        {
            await call.RequestStream.WriteAsync(new ImportRecordsRequest { Row = row });
        }

        await call.RequestStream.CompleteAsync();
        return await verdicts;
    }

    /// <summary>Imports rows, each once the one before has its verdict: each is a chunk.</summary>
    public static async Task<List<ImportVerdict>> ImportOneByOneAsync(EnrolmentService.EnrolmentServiceClient client, params SubmitRecordRequest[] rows)
    {
        using var call = client.ImportRecords();
        var verdicts = new List<ImportVerdict>();
        foreach (var row in rows)
        {
            await call.RequestStream.WriteAsync(new ImportRecordsRequest { Row = row });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            verdicts.Add(call.ResponseStream.Current);
        }

        return verdicts;
    }

    /// <summary>Asks the database as the superuser.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Connects to the service's database.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }

    private static EnrolmentService.EnrolmentServiceClient With(string? token, GrpcChannel channel) => new(channel.Intercept(headers =>
    {
        if (token is not null)
        {
            headers.Add("authorization", $"Bearer {token}");
        }

        return headers;
    }));

    private async Task<(ServiceProcess Process, string Http, GrpcChannel Channel)> StartAsync()
    {
        var (page, grpc) = ($"http://127.0.0.1:{FreePort.Take()}", $"http://127.0.0.1:{FreePort.Take()}");
        var started = await ServiceProcess.StartAsync("Equecel.Enrolment", $"{page}/health", new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__http__Url"] = page,
            ["Kestrel__Endpoints__grpc__Url"] = grpc,
            ["Identity__Authority"] = Issuer.Authority,
            ["ConnectionStrings__enrolmentdb"] = database,
            // Nobody answers there: saves need no broker.
            ["ConnectionStrings__messaging"] = "amqp://127.0.0.1:1",
        });
        return (started, page, GrpcChannel.ForAddress(grpc));
    }

    private static async Task<List<ImportVerdict>> ReadAsync(IAsyncStreamReader<ImportVerdict> stream) => await stream.ReadAllAsync().ToListAsync();
}

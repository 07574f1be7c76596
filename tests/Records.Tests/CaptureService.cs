using Equecel.Audit;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Proof;
using Equecel.Records.Queries;
using Equecel.Records.Relaying;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equecel.Records.Tests;

/// <summary>The record journal of a capture service on a database of its own: store, writer and relay as they are hosted.</summary>
internal sealed class CaptureService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string database;

    private CaptureService(WebApplication app, string database)
    {
        this.app = app;
        this.database = database;
    }

    public JournalWriter Writer => app.Services.GetRequiredService<JournalWriter>();

    public Journal Journal => app.Services.GetRequiredService<Journal>();

    public RecordReader Reader => app.Services.GetRequiredService<RecordReader>();

    public RecordContract Contract => app.Services.GetRequiredService<RecordContract>();

    public JournalVerifier Verifier => app.Services.GetRequiredService<JournalVerifier>();

    public Checkpointer Checkpointer => app.Services.GetRequiredService<Checkpointer>();

    public CheckpointFile CheckpointFile => app.Services.GetRequiredService<CheckpointFile>();

    public AuditLog Audit => app.Services.GetRequiredService<AuditLog>();

    public RelayState Relay => app.Services.GetRequiredService<RelayState>();

    public CrossCheckSaver CrossChecks => app.Services.GetRequiredService<CrossCheckSaver>();

    public RecordDatabase Database => app.Services.GetRequiredService<RecordDatabase>();

    /// <param name="database">The superuser's connection string.</param>
    /// <param name="broker">Address of RabbitMQ; by default one where nobody answers.</param>
    /// <param name="checkpoints">Folder of its checkpoints; by default it keeps none.</param>
    /// <param name="log">What it logs is added to it.</param>
    public static async Task<CaptureService> StartAsync(string database, string broker = "amqp://127.0.0.1:1", string checkpoints = "", List<string>? log = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(new LogLines(log));
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ConnectionStrings:enrolmentdb"] = database;
        builder.Configuration["ConnectionStrings:messaging"] = broker;
        builder.Configuration["Records:CheckpointPath"] = checkpoints;
        builder.Configuration["Records:CheckpointInterval"] = "1.00:00:00";
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ServicesStopConcurrently = true);
        builder.AddRecords<SubmitRecordRequest, EnrolmentRecord, EnrolmentRecordChange, Nobody>("enrolment", forms => forms
            .Add<FollowUp>((_, _) => [])
            .AddOnlyOne<Participation>((_, _) => [], _ => "participation", FormSubject.Enrolment));
        var service = new CaptureService(builder.Build(), database);
        await service.app.StartAsync();
        await service.Database.WaitUntilMigratedAsync(CancellationToken.None);
        return service;
    }

    /// <summary>A follow-up, or the next version of one; with queries of the codes given.</summary>
    public static JournalEntry Entry(
        string date = "2024-01-01", Guid? record = null, int version = 1, string participant = "01-0001", DataOrigin origin = DataOrigin.Prospective,
        string? naturalKey = null, RecordState state = RecordState.Active, Guid? request = null, string kind = "follow_up", string reason = "", string findings = "")
    {
        var form = new FollowUp { StatusDate = date };
        var content = new EnrolmentRecord { FollowUp = form }.ToByteArray();
        var recordId = record ?? Guid.CreateVersion7();
        return new JournalEntry
        {
            RecordId = recordId,
            Version = version,
            Kind = kind,
            Participant = participant,
            Site = ParticipantCode.FindSite(participant)!,
            Origin = origin,
            State = state,
            NaturalKey = naturalKey,
            Content = content,
            FormJson = RecordContract.ToJson(form),
            Findings = new RecordHeader
            {
                Findings = { findings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => Check.Query(code, "status_date", $"Please confirm {code}.", $"请核实{code}。")) },
            }.ToByteArray(),
            Actor = "somebody",
            Client = "site-01",
            RequestId = request ?? Guid.NewGuid(),
            RequestHash = VersionHash.Request(
                version == 1 ? "" : recordId.ToString(), version - 1, reason, participant, origin, state, state == RecordState.Retracted ? [] : content),
            Reason = reason,
        };
    }

    public Task<SaveOutcome> SaveAsync(JournalEntry entry) => Writer.SaveAsync(entry, CancellationToken.None);

    /// <summary>Asks the database as the superuser.</summary>
    public Task<T> AskAsync<T>(string sql) => AskAsync<T>(database, sql);

    /// <summary>Asks the database as the service's own role.</summary>
    /// <param name="sql">What is asked.</param>
    /// <param name="result">Which statement's answer is wanted.</param>
    public Task<T> AskAsServiceAsync<T>(string sql, int result = 1) => AskAsync<T>(Database.Service.ConnectionString, sql, result);

    /// <summary>Everything that the feed gives after a cursor.</summary>
    public async Task<List<StoredVersion>> FeedAsync(JournalCursor after)
    {
        var all = new List<StoredVersion>();
        while (true)
        {
            var page = await Reader.FollowAsync(SiteScope.All, after, CancellationToken.None);
            all.AddRange(page.Rows);
            if (page.CaughtUp)
            {
                return all;
            }

            after = page.Cursor;
        }
    }

    /// <summary>Waits until the feed gives so many rows. Of a connection that broke while nobody used it, it says to come again.</summary>
    public async Task<List<StoredVersion>> FeedAsync(JournalCursor after, int count) =>
        (await Eventually.GetAsync(() => FindFeedAsync(after), rows => rows?.Count >= count))!;

    private async Task<List<StoredVersion>?> FindFeedAsync(JournalCursor after)
    {
        try
        {
            return await FeedAsync(after);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            return null;
        }
    }

    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Asks a database.</summary>
    public static async Task<T> AskAsync<T>(string connectionString, string sql, int result = 1)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync();
        for (var i = 1; i < result; i++)
        {
            await row.NextResultAsync();
        }

        await row.ReadAsync();
        return row.GetFieldValue<T>(0);
    }

    /// <summary>The store asks nobody.</summary>
    internal sealed class Nobody : IParticipantDirectory
    {
        public ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyDictionary<string, ParticipantFacts>>(new Dictionary<string, ParticipantFacts>());

        public ParticipantFacts? After(ParticipantFacts? facts, FormContext context, IMessage form) => facts;

        public void Saved(FormContext context, IMessage? form)
        {
        }
    }
}

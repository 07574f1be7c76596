using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Audit;
using Equecel.Records.V1;
using Equecel.Testing;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.Tests.Operations;

/// <summary>Three audit events are signed, then two more.</summary>
[Collection(IngestionServers.Name)]
public sealed class AuditCheckpointTests(TestPostgres postgres, TestRabbitMq rabbit) : IAsyncLifetime
{
    private const string Gone1 = "checkpoint 1 covers 3 audit events, of which the last is not there";
    private const string Gone2 = "checkpoint 2 covers 5 audit events, of which the last is not there";
    private const string Others1 = "checkpoint 1 the audit events that it covers are not those that were signed";
    private const string Others2 = "checkpoint 2 the audit events that it covers are not those that were signed";

    private readonly string folder = Directory.CreateTempSubdirectory("equecel-checkpoints-").FullName;
    private Platform platform = null!;
    private AnalyticsHost analytics = null!;

    private CheckpointFile File => analytics.Part<CheckpointFile>();

    public async Task InitializeAsync()
    {
        platform = await Platform.StartAsync(postgres, rabbit);
        await new AnalyticsSchema(platform.Database).CreateAsync(CancellationToken.None);
        await AddAsync(3);
        analytics = await platform.StartAnalyticsAsync(checkpoints: folder);
        await AnalyticsHost.UntilAsync(() => Task.FromResult(File.Lines().Count() == 1));
        await AddAsync(2);
        Assert.Equal(5, (await MakeAsync())?.AuditEvents);
    }

    public async Task DisposeAsync()
    {
        await analytics.DisposeAsync();
        await platform.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_signed_holds_while_nothing_is_altered_and_the_trail_goes_on()
    {
        Assert.Null(await MakeAsync());
        await AddAsync(1);

        Assert.Equal(["checkpoint 1 ", "checkpoint 2 "], await VerifyAsync());
        Assert.Equal([3L, 5L], File.Lines().Select(line => AuditCheckpoint.Find<AuditCheckpoint>(line, File.OpenKey())!.AuditEvents));
    }

    [Theory]
    [InlineData("delete from audit_events where number = 5", "checkpoint 1 ", Gone2)]
    [InlineData("delete from audit_events where number > 2", Gone1, Gone2)]
    [InlineData("delete from audit_events", Gone1, Gone2)]
    [InlineData("delete from audit_events where number = 1", "event 2 event 1 is missing", "checkpoint 1 ", "checkpoint 2 ")]
    [InlineData("delete from audit_events where number = 3", "event 4 event 3 is missing", Gone1, "checkpoint 2 ")]
    [InlineData("update audit_events set subject = '01-0009' where number = 2", "event 2 event altered", "checkpoint 1 ", "checkpoint 2 ")]
    [InlineData("update audit_events set hash = sha256(hash) where number = 5", "event 5 event altered", "checkpoint 1 ", Others2)]
    public async Task What_a_superuser_alters_is_found(string tampering, params string[] found)
    {
        await AsSuperuserAsync(tampering);

        Assert.Equal(found, await VerifyAsync());
    }

    [Fact]
    public async Task An_old_copy_that_was_put_back_is_found_when_it_goes_on_and_the_loss_stays_in_sight()
    {
        await AsSuperuserAsync("delete from audit_events where number > 3");
        await AddAsync(2, subject: "01-0009");

        Assert.Equal((3L, 5L), await MakeAsync() is { } made ? (made.Number, made.AuditEvents) : default);

        Assert.Equal(["checkpoint 1 ", Others2, "checkpoint 3 "], await VerifyAsync());
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_from_an_altered_event_is_found()
    {
        await AsSuperuserAsync("delete from audit_events where number > 1");
        await AddAsync(4, subject: "01-0009");

        Assert.Equal([Others1, Others2], await VerifyAsync());
    }

    private Task<AuditCheckpoint?> MakeAsync() => analytics.Part<AuditCheckpointer>().MakeAsync(CancellationToken.None);

    /// <summary>Adds events to the chain, as the service does, and as somebody can who has all rights in the database.</summary>
    private async Task AddAsync(int count, string subject = "01-0001")
    {
        await using var connection = new NpgsqlConnection(platform.Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await AuditLog.AppendAsync(
            connection,
            [.. Enumerable.Range(1, count).Select(number => KeyValuePair.Create(
                new AuditNote(AuditEventKind.ParticipantRead, "dr-li", "study-team", "/equecel.analytics.v1.AnalyticsService/ListCurveContributors", subject, $"{number}"), 1L))],
            CancellationToken.None);
        await transaction.CommitAsync();
    }

    private async Task AsSuperuserAsync(string sql) =>
        await analytics.QueryAsync<string>($"alter table audit_events disable trigger all; {sql}; alter table audit_events enable trigger all");

    private async Task<List<string>> VerifyAsync()
    {
        using var call = analytics.Client.VerifyAuditEvents(new(), analytics.Study);
        return await call.ResponseStream.ReadAllAsync()
            .Select(told => told.Checkpoint > 0 ? $"checkpoint {told.Checkpoint} {told.Fault}" : $"event {told.AuditEvent} {told.Fault}").ToListAsync();
    }
}

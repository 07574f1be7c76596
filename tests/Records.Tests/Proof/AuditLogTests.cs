using Equecel.Audit;
using Equecel.Records.V1;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Proof;

public sealed class AuditLogTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private CaptureService service = null!;

    public async Task InitializeAsync() => service = await StartAsync(await postgres.CreateDatabaseAsync());

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task What_happens_often_becomes_one_event_with_a_count()
    {
        for (var i = 0; i < 100; i++)
        {
            service.Audit.Note(Read("01-0001"));
        }

        service.Audit.Note(Read("01-0002"));
        await Eventually.GetAsync(() => service.AskAsync<decimal>("select coalesce(sum(count), 0) from audit_events"), count => count == 101);
        Assert.Equal(100m, await service.AskAsync<decimal>("select sum(count) from audit_events where subject = '01-0001'"));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Of_what_many_callers_note_while_it_is_written_nothing_is_missing()
    {
        // Over several writes, which come every second.
        var noted = 0L;
        var noting = Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref noted) <= 200_000)
            {
                service.Audit.Note(Read($"01-000{caller}"));
                if (noted % 1000 == 0)
                {
                    await Task.Delay(10);
                }
            }
        })));
        await noting;

        await Eventually.GetAsync(() => service.AskAsync<decimal>("select coalesce(sum(count), 0) from audit_events"), count => count >= 200_000);
        Assert.Equal(200_000m, await service.AskAsync<decimal>("select sum(count) from audit_events"));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Many_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => service.Audit.WriteAsync(Read($"01-{i:0000}"), CancellationToken.None))));

        Assert.Equal(20L, await service.AskAsync<long>("select max(number) from audit_events"));
        Assert.Empty(await FaultsAsync());
    }

    [Theory]
    [InlineData("update audit_events set actor = 'nobody' where number = 2", "2 event altered")]
    [InlineData("update audit_events set count = 7 where number = 2", "2 event altered")]
    [InlineData("update audit_events set event_time = event_time - interval '1 day' where number = 2", "2 event altered")]
    [InlineData("delete from audit_events where number = 2", "3 event 2 is missing")]
    [InlineData("delete from audit_events where number = 1", "2 event 1 is missing")]
    public async Task What_somebody_with_all_rights_altered_is_found(string sql, string fault)
    {
        for (var i = 0; i < 3; i++)
        {
            await service.Audit.WriteAsync(Read("01-0001"), CancellationToken.None);
        }

        await service.AskAsync<bool>($"alter table audit_events disable trigger all; {sql}; alter table audit_events enable trigger all; select true");

        Assert.Equal([fault], await FaultsAsync());
    }

    [Fact]
    public async Task The_service_itself_only_adds()
    {
        await service.Audit.WriteAsync(Read("01-0001"), CancellationToken.None);
        foreach (var sql in (string[])["update audit_events set actor = ''", "delete from audit_events", "truncate audit_events"])
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => service.AskAsServiceAsync<int>(sql))).SqlState);
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => service.AskAsync<int>(sql))).SqlState);
        }
    }

    private static AuditNote Read(string participant) =>
        new(AuditEventKind.ParticipantRead, "dr-li", "study-team", "/equecel.enrolment.v1.EnrolmentService/GetRecord", participant, "");

    private async Task<List<string>> FaultsAsync() => await service.Verifier.VerifyAsync(CancellationToken.None)
        .Where(found => found.AuditEvent > 0).Select(found => $"{found.AuditEvent} {found.Fault}").ToListAsync();
}

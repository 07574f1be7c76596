using Equecel.Common.V1;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

public sealed class JournalTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private CaptureService service = null!;

    public async Task InitializeAsync() => service = await StartAsync(await postgres.CreateDatabaseAsync());

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task A_save_is_one_row_of_the_journal_and_the_current_state()
    {
        var entry = Entry("2024-02-03", request: Guid.NewGuid());
        var saved = (await service.SaveAsync(entry)).Stored!;

        Assert.Equal(entry.Content, saved.Content.ToByteArray());
        Assert.Equal((entry.RecordId.ToString(), 1, "somebody", "site-01"), (saved.Header.RecordId, saved.Header.Version, saved.Header.Actor, saved.Header.Client));
        Assert.Equal(1L, await service.AskAsync<long>("select count(*) from journal"));
        Assert.Equal("2024-02-03", await service.AskAsync<string>("select form->>'status_date' from records"));
        Assert.True(await service.AskAsync<bool>("select bool_and(r.hash = j.hash and r.save_time = j.save_time) from records r join journal j using (record_id, version)"));
        Assert.Equal("", (await service.Verifier.VerifyAsync(CancellationToken.None).ToListAsync()).Single().Fault);
    }

    [Fact]
    public async Task Sixty_four_calls_with_one_request_id_are_one_row_and_one_answer()
    {
        var request = Guid.NewGuid();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => service.SaveAsync(Entry(request: request)))));

        Assert.Single(outcomes.Select(outcome => outcome.Stored!.Header).Distinct());
        Assert.Single(outcomes, outcome => !outcome.Repeated);
        Assert.Equal(1L, await service.AskAsync<long>("select count(*) from journal"));
    }

    [Fact]
    public async Task Two_services_on_one_database_answer_one_request_id_alike()
    {
        await using var other = await StartAsync(await SameDatabaseAsync());
        for (var round = 0; round < 20; round++)
        {
            var request = Guid.NewGuid();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? service : other).SaveAsync(Entry(request: request)))));

            Assert.Single(outcomes.Select(outcome => outcome.Stored!.Header).Distinct());
        }

        Assert.Equal(20L, await service.AskAsync<long>("select count(*) from journal"));
    }

    [Fact]
    public async Task A_request_id_with_other_content_is_refused()
    {
        var request = Guid.NewGuid();
        await service.SaveAsync(Entry("2024-01-01", request: request));

        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", (await service.SaveAsync(Entry("2024-01-02", request: request))).Refusal.Why());
        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", (await service.SaveAsync(Entry("2024-01-01", request: request, participant: "01-0002"))).Refusal.Why());
        Assert.Equal(1L, await service.AskAsync<long>("select count(*) from journal"));
    }

    [Fact]
    public async Task A_request_id_belongs_to_its_client()
    {
        var first = Entry(request: Guid.NewGuid());
        await service.SaveAsync(first);
        var other = new JournalEntry
        {
            RecordId = Guid.CreateVersion7(),
            Version = 1,
            Kind = first.Kind,
            Participant = "02-0001",
            Site = "02",
            Origin = first.Origin,
            State = first.State,
            NaturalKey = null,
            Content = first.Content,
            FormJson = first.FormJson,
            Findings = [],
            Actor = "other",
            Client = "site-02",
            RequestId = first.RequestId,
            RequestHash = [1],
            Reason = "",
        };

        Assert.Equal("02", (await service.SaveAsync(other)).Stored!.Header.Site);
    }

    [Fact]
    public async Task An_outdated_version_is_told_the_current_one()
    {
        var record = (await SavedAsync(versions: 3)).RecordId;

        foreach (var version in (int[])[2, 3, 5, 9])
        {
            var refusal = (await service.SaveAsync(Entry(record: record, version: version, reason: "Typo"))).Refusal;
            Assert.Equal("Aborted VERSION_CONFLICT", refusal.Why());
            Assert.Equal("3", refusal.Told("current_version"));
        }
    }

    [Fact]
    public async Task Sixty_four_writers_of_one_record_make_versions_without_gaps()
    {
        var record = (await SavedAsync(versions: 1)).RecordId;
        var wins = await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(async () =>
        {
            for (var version = 2; ;)
            {
                var outcome = await service.SaveAsync(Entry($"2024-01-{(writer % 28) + 1:00}", record, version, reason: $"Writer {writer}"));
                if (outcome.Stored is not null)
                {
                    return outcome.Stored.Header.Version;
                }

                version = int.Parse(outcome.Refusal.Told("current_version")) + 1;
            }
        })));

        Assert.Equal(Enumerable.Range(2, 64), wins.Order());
        Assert.Equal(65, await service.AskAsync<int>("select version from records"));
        Assert.All(await service.Verifier.VerifyAsync(CancellationToken.None).ToListAsync(), version => Assert.Equal("", version.Fault));
    }

    [Fact]
    public async Task There_is_one_record_of_a_natural_key()
    {
        var first = Entry(naturalKey: "death of 01-0001");
        await service.SaveAsync(first);
        var refusal = (await service.SaveAsync(Entry(naturalKey: "death of 01-0001"))).Refusal;

        Assert.Equal("AlreadyExists RECORD_EXISTS", refusal.Why());
        Assert.Equal(first.RecordId.ToString(), refusal.Told("record_id"));
        Assert.NotNull((await service.SaveAsync(Entry(naturalKey: "death of 01-0002"))).Stored);
    }

    [Fact]
    public async Task Sixteen_first_records_of_a_natural_key_have_one_winner()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => service.SaveAsync(Entry(naturalKey: "death of 01-0001")))));

        Assert.Single(outcomes, outcome => outcome.Stored is not null);
        Assert.All(outcomes.Where(outcome => outcome.Stored is null), outcome => Assert.Equal("AlreadyExists RECORD_EXISTS", outcome.Refusal.Why()));
    }

    [Fact]
    public async Task A_retracted_record_keeps_its_natural_key_and_an_amendment_brings_it_back()
    {
        var first = Entry(naturalKey: "death of 01-0001");
        await service.SaveAsync(first);
        await service.SaveAsync(Entry(record: first.RecordId, version: 2, naturalKey: "death of 01-0001", state: RecordState.Retracted, reason: "Other person"));

        Assert.Equal("AlreadyExists RECORD_EXISTS", (await service.SaveAsync(Entry(naturalKey: "death of 01-0001"))).Refusal.Why());
        var back = await service.SaveAsync(Entry(record: first.RecordId, version: 3, naturalKey: "death of 01-0001", reason: "It was this one"));
        Assert.Equal(RecordState.Active, back.Stored!.Header.State);
        Assert.Equal((short)1, await service.AskAsync<short>("select state from records"));
    }

    [Fact]
    public async Task A_record_of_another_site_is_answered_like_one_that_is_not_there()
    {
        var record = (await SavedAsync(versions: 1)).RecordId;
        var other = (await service.SaveAsync(Entry(record: record, version: 2, participant: "02-0001", reason: "Mine now"))).Refusal;
        var none = (await service.SaveAsync(Entry(record: Guid.NewGuid(), version: 2, participant: "02-0001", reason: "Mine now"))).Refusal;

        Assert.Equal("NotFound RECORD_NOT_FOUND", other.Why());
        Assert.Equal(none.Why(), other.Why());
        Assert.Equal(1L, await service.AskAsync<long>("select count(*) from journal"));
    }

    [Fact]
    public async Task Participant_origin_kind_and_natural_key_of_a_record_stay()
    {
        var record = (await SavedAsync(versions: 1)).RecordId;

        Assert.Equal("header.participant", (await service.SaveAsync(Entry(record: record, version: 2, participant: "01-0002", reason: "?"))).Refusal.Field());
        Assert.Equal("header.origin", (await service.SaveAsync(Entry(record: record, version: 2, origin: DataOrigin.Retrospective, reason: "?"))).Refusal.Field());
        Assert.Equal("form", (await service.SaveAsync(Entry(record: record, version: 2, kind: "infusion", reason: "?"))).Refusal.Field());
        Assert.Equal("form", (await service.SaveAsync(Entry(record: record, version: 2, naturalKey: "death of 01-0001", reason: "?"))).Refusal.Field());
    }

    [Fact]
    public async Task A_batch_answers_each_entry_and_saves_the_good_ones()
    {
        var present = await SavedAsync(versions: 1);
        JournalEntry[] entries =
        [
            Entry(),
            Entry(record: present.RecordId, version: 3, reason: "?"),
            Entry(naturalKey: "death of 01-0001"),
            Entry(record: Guid.NewGuid(), version: 2, reason: "?"),
            Entry(),
        ];
        var outcomes = await service.Writer.SaveAsync(entries);

        Assert.Equal([true, false, true, false, true], outcomes.Select(outcome => outcome.Stored is not null));
        Assert.Equal(4L, await service.AskAsync<long>("select count(*) from journal"));
    }

    [Fact]
    public async Task Reads_are_confined_to_the_callers_site()
    {
        var record = (await SavedAsync(versions: 2)).RecordId;
        var (own, other) = (SiteScope.Only("01"), SiteScope.Only("02"));

        Assert.Equal(2, (await service.Reader.FindAsync(own, record, 0, null, default))!.Header.Version);
        Assert.Null(await service.Reader.FindAsync(other, record, 0, null, default));
        Assert.Null(await service.Reader.FindAsync(SiteScope.Only("*"), record, 0, null, default));
        Assert.Equal(2, (await service.Reader.VersionsAsync(own, record, 0, 10, default)).Count);
        Assert.Empty(await service.Reader.VersionsAsync(other, record, 0, 10, default));
        Assert.Single(await service.Reader.ListAsync(own, PagePlace.Start, null, ["follow_up"], true, 10, default));
        Assert.Empty(await service.Reader.ListAsync(other, PagePlace.Start, null, ["follow_up"], true, 10, default));
    }

    private async Task<JournalEntry> SavedAsync(int versions)
    {
        var first = Entry();
        await service.SaveAsync(first);
        for (var version = 2; version <= versions; version++)
        {
            Assert.NotNull((await service.SaveAsync(Entry(record: first.RecordId, version: version, reason: "Typo"))).Stored);
        }

        return first;
    }

    private async Task<string> SameDatabaseAsync() =>
        new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = await service.AskAsync<string>("select current_database()::text") }.ConnectionString;
}

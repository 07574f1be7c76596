using Equecel.Audit;
using Equecel.Records.Proof;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Proof;

/// <summary>Those who read for long and slowly leave the connections to those who save and look up.</summary>
public sealed class SlowReaderTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    // More than either pool has connections.
    private const int Readers = 20;

    private CaptureService service = null!;

    public async Task InitializeAsync() => service = await StartAsync(await postgres.CreateDatabaseAsync());

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task Many_trails_that_are_read_slowly_hold_up_no_save()
    {
        await SaveAsync(3);
        var trail = new Trail(service.Database, service.Contract) { PageSize = 2 };
        await using var readers = await BegunAsync(() => trail.ReadAsync(SiteScope.Only("01"), "01-0001", CancellationToken.None));

        Assert.NotNull((await service.SaveAsync(Entry())).Stored);
    }

    [Fact]
    public async Task Many_lists_of_hashes_that_are_read_slowly_hold_up_no_reader()
    {
        await SaveAsync(3);
        var digests = new JournalDigests(service.Database) { PageSize = 2 };
        await using var readers = await BegunAsync(() => digests.HashesAsync(null, null, CancellationToken.None));

        await using var connection = await service.Database.OpenReaderAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Many_exports_of_audit_events_that_are_read_slowly_hold_up_no_reader()
    {
        await WriteEventsAsync(3);
        await using var readers = await BegunAsync(() => EventsAsync());

        await using var connection = await service.Database.OpenReaderAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Checks_of_the_journal_that_are_read_slowly_wait_for_each_other_and_hold_up_no_reader()
    {
        await SaveAsync(3);
        using var ending = new CancellationTokenSource();
        var checks = Enumerable.Range(0, Readers).Select(_ => service.Verifier.VerifyAsync(ending.Token).GetAsyncEnumerator(ending.Token)).ToList();
        var begun = checks.ConvertAll(check => check.MoveNextAsync().AsTask());
        await Task.WhenAll(begun.Take(2));

        await using (await service.Database.OpenReaderAsync(CancellationToken.None))
        {
            Assert.Equal(2, begun.Count(first => first.IsCompleted));
        }

        // Whoever ends lets the next one begin.
        await checks[0].DisposeAsync();
        await Task.WhenAny(begun.Skip(2)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, begun.Count(first => first.IsCompletedSuccessfully));

        await ending.CancelAsync();
        foreach (var (check, first) in checks.Zip(begun))
        {
            await first.ContinueWith(_ => { }, TaskScheduler.Default);
            await check.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_trail_is_the_same_however_many_versions_are_read_at_once()
    {
        await SaveAsync(3);
        var record = Entry();
        await service.SaveAsync(record);
        for (var version = 2; version <= 5; version++)
        {
            await service.SaveAsync(Entry($"2024-01-0{version}", record: record.RecordId, version: version, reason: "Typo"));
        }

        await service.SaveAsync(Entry(participant: "01-0002"));
        var whole = await new Trail(service.Database, service.Contract).ReadAsync(SiteScope.All, "01-0001", CancellationToken.None).ToListAsync();
        Assert.Equal(8, whole.Count);
        Assert.Equal(["status_date \"2024-01-04\" \"2024-01-05\""], whole[^1].Changes.Select(change => $"{change.Field} {change.OldValue} {change.NewValue}"));

        foreach (var size in (int[])[1, 2, 3, 8])
        {
            var trail = new Trail(service.Database, service.Contract) { PageSize = size };
            Assert.Equal(whole, await trail.ReadAsync(SiteScope.Only("01"), "01-0001", CancellationToken.None).ToListAsync());
        }
    }

    [Fact]
    public async Task Hashes_are_the_same_however_many_are_read_at_once_and_those_of_one_instant_are_all_there()
    {
        await SaveAsync(2);
        await service.Writer.SaveAsync([.. Enumerable.Range(0, 7).Select(_ => Entry())]);
        await SaveAsync(2);
        await service.AskAsync<bool>("""
            alter table journal disable trigger all;
            update journal set save_time = (select save_time from journal order by seq offset 3 limit 1) where seq in (select seq from journal order by seq offset 3 limit 5);
            alter table journal enable trigger all; select true
            """);
        var whole = await HashesAsync(20_000, null, null);
        Assert.Equal(11, whole.Count);
        var (from, to) = (whole[3].SaveTime.ToDateTime(), whole[^1].SaveTime.ToDateTime());

        foreach (var size in (int[])[1, 2, 3, 11])
        {
            Assert.Equal(whole, await HashesAsync(size, null, null));
            Assert.Equal(whole.Where(hash => hash.SaveTime.ToDateTime() >= from && hash.SaveTime.ToDateTime() < to), await HashesAsync(size, from, to));
        }
    }

    [Fact]
    public async Task Events_of_several_pages_are_told_once_and_in_order()
    {
        await WriteEventsAsync(2_001);
        var times = await service.AskAsync<DateTime[]>("select array_agg(event_time order by number) from audit_events");

        Assert.Equal(Enumerable.Range(1, 2_001).Select(number => (long)number), await EventsAsync().Select(told => told.Number).ToListAsync());
        Assert.Equal(times.Count(time => time >= times[1_500]), await EventsAsync(times[1_500]).CountAsync());
    }

    private async Task SaveAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.NotNull((await service.SaveAsync(Entry())).Stored);
        }
    }

    private async Task WriteEventsAsync(int count)
    {
        await using var connection = await service.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await AuditLog.AppendAsync(
            connection,
            [.. Enumerable.Range(0, count).Select(i => new KeyValuePair<AuditNote, long>(new(AuditEventKind.ParticipantRead, "somebody", "study-team", "", $"01-{i:0000}", ""), 1))],
            CancellationToken.None);
        await transaction.CommitAsync();
    }

    private IAsyncEnumerable<AuditEvent> EventsAsync(DateTime? from = null) =>
        AuditTrail.ReadAsync(() => service.Database.OpenUnlimitedReaderAsync(CancellationToken.None).AsTask(), from, to: null, CancellationToken.None);

    private async Task<List<JournalHash>> HashesAsync(int size, DateTime? from, DateTime? to) =>
        await new JournalDigests(service.Database) { PageSize = size }.HashesAsync(from, to, CancellationToken.None).ToListAsync();

    /// <summary>Readers that each have taken the first item and take no more.</summary>
    private static async Task<Begun> BegunAsync<T>(Func<IAsyncEnumerable<T>> read)
    {
        var begun = new Begun([]);
        for (var i = 0; i < Readers; i++)
        {
            var reader = read().GetAsyncEnumerator();
            begun.Readers.Add(reader);
            Assert.True(await reader.MoveNextAsync());
        }

        return begun;
    }

    private sealed record Begun(List<IAsyncDisposable> Readers) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var reader in Readers)
            {
                await reader.DisposeAsync();
            }
        }
    }
}

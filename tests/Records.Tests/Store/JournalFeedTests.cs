using Equecel.Records.Store;
using Npgsql;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

public sealed class JournalFeedTests : IAsyncLifetime
{
    private TestPostgres postgres = null!;
    private string database = null!;
    private CaptureService service = null!;

    public async Task InitializeAsync()
    {
        postgres = await TestPostgres.StartOwnAsync();
        database = await postgres.CreateDatabaseAsync();
        service = await StartAsync(database);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_row_that_is_committed_late_is_not_skipped_and_nothing_newer_goes_before_it()
    {
        var before = Entry();
        await service.SaveAsync(before);
        var cursor = (await service.FeedAsync(JournalCursor.Start, 1)).Single().Cursor;

        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync("select pg_current_xact_id()");
        List<string> newer = [];
        for (var i = 0; i < 5; i++)
        {
            newer.Add((await service.SaveAsync(Entry())).Stored!.Header.RecordId);
        }

        Assert.Empty(await service.FeedAsync(cursor));

        var late = Guid.NewGuid();
        await ExecuteAsync($"""
            insert into journal (record_id, version, kind, participant, site, origin, state, content, findings, actor, client, request_id,
                request_hash, reason, save_time, salt, content_hash, previous_hash, hash)
            select '{late}', version, kind, participant, site, origin, state, content, findings, actor, client, gen_random_uuid(),
                request_hash, reason, save_time, salt, content_hash, previous_hash, hash from journal where record_id = '{before.RecordId}'
            """);
        Assert.Empty(await service.FeedAsync(cursor));
        await transaction.CommitAsync();

        var rows = await service.FeedAsync(cursor, 6);
        Assert.Equal([late.ToString(), .. newer], rows.Select(row => row.Header.RecordId));
        Assert.True(rows[0].Cursor.Seq > rows[5].Cursor.Seq, "It got its sequence number last, and is sent first.");

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Every_token_gives_everything_after_it_once_and_in_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await service.SaveAsync(Entry());
            }
        })));
        var all = await service.FeedAsync(JournalCursor.Start, 40);

        Assert.Equal(40, all.Select(row => row.Header.RecordId).Distinct().Count());
        for (var i = 0; i < all.Count; i++)
        {
            var resumed = await service.FeedAsync(JournalCursor.Find(all[i].Cursor.ToString())!.Value);
            Assert.Equal(all.Skip(i + 1).Select(row => row.Header), resumed.Select(row => row.Header));
        }
    }

    [Fact]
    public async Task A_reader_beside_many_writers_misses_nothing_and_sees_versions_in_their_order()
    {
        var writers = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var first = Entry();
            await service.SaveAsync(first);
            for (var version = 2; version <= 20; version++)
            {
                await service.SaveAsync(Entry(record: first.RecordId, version: version, reason: "Typo"));
            }
        })));
        var seen = new List<StoredVersion>();
        await Eventually.GetAsync(
            async () =>
            {
                seen.AddRange(await service.FeedAsync(seen.Count == 0 ? JournalCursor.Start : seen[^1].Cursor));
                return seen.Count;
            },
            count => count >= 16 * 20);
        await writers;

        Assert.Equal(16 * 20, seen.Count);
        Assert.All(seen.GroupBy(row => row.Header.RecordId), record => Assert.Equal(Enumerable.Range(1, 20), record.Select(row => row.Header.Version)));
    }
}

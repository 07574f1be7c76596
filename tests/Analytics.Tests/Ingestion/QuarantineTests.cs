using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Safety.V1;
using Equecel.Testing;
using Google.Protobuf;
using Npgsql;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class QuarantineTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Fact]
    public async Task A_crash_loop_ends_with_exactly_the_guilty_message_parked()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.HasDigests = false;
        await rabbit.LimitDeliveriesAsync(platform.BrokerUri, RecordsTopology.Queue, 1);
        await using (await platform.StartAnalyticsAsync())
        {
            // Makes the tables and the queues.
        }

        var guilty = Sent.Death("01-0020", "2024-01-25");
        await using var database = NpgsqlDataSource.Create(platform.Database);
        await using var trap = await Trap.SetAsync(database, guilty.Header.RecordId);
        await platform.Broker.PublishAsync(
            [.. Enumerable.Range(1, 20).Select(i => Sent.Infusion($"01-{i:0000}", "2024-01-15")), guilty, .. Enumerable.Range(21, 20).Select(i => Sent.Infusion($"01-{i:0000}", "2024-01-15"))]);

        // Twice all of them die together; then the guilty one alone takes three processes with it.
        await LiveAndDieAsync(platform, trap, deaths: 5);

        await using var last = await AnalyticsProcess.StartAsync(platform);
        await ParkedAloneAsync(database, $"analytics.records.v1 {guilty.Header.RecordId}/1 safety.death ended 3 processes that took it in", healthy: 40);
        Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
    }

    [Fact]
    public async Task Of_changes_in_one_message_the_guilty_one_is_parked_alone()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.HasDigests = false;
        await rabbit.LimitDeliveriesAsync(platform.BrokerUri, RecordsTopology.Queue, 1);
        await using (await platform.StartAnalyticsAsync())
        {
            // Makes the tables and the queues.
        }

        var deaths = Enumerable.Range(1, 9).Select(i => Sent.Death($"01-{i:0000}", "2024-01-25")).ToList();
        await using var database = NpgsqlDataSource.Create(platform.Database);
        await using var trap = await Trap.SetAsync(database, deaths[4].Header.RecordId);
        await platform.Broker.PublishAsync(
            new SafetyRecordChanges { Changes = { deaths.Select(death => new SafetyRecordChange { Record = death }) } }.ToByteArray(), id: "first/1+8");
        await LiveAndDieAsync(platform, trap, deaths: 5);

        await using var last = await AnalyticsProcess.StartAsync(platform);
        await ParkedAloneAsync(database, "analytics.records.v1 first/1+8 safety.death ended 3 processes that took it in", healthy: 8);
        Assert.Equal(
            new SafetyRecordChange { Record = deaths[4] }.ToByteArray(), await ValueAsync<byte[]>(database, "select body from parked_messages"));
    }

    [Fact]
    public async Task A_feed_goes_on_past_the_change_that_processes_died_of()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        platform.Capture.Saved.HasDigests = false;
        await using (await platform.StartAnalyticsAsync())
        {
            // Makes the tables.
        }

        var guilty = Sent.Death("01-0001", "2024-01-25");
        await using var database = NpgsqlDataSource.Create(platform.Database);
        await using var trap = await Trap.SetAsync(database, guilty.Header.RecordId);
        platform.Capture.Saved.Add(Sent.Death("01-0002", "2024-01-25"), guilty, Sent.Death("01-0003", "2024-01-25"));

        // One dies of the batch; then the guilty one alone takes three processes with it.
        await LiveAndDieAsync(platform, trap, deaths: 4);

        await using var last = await AnalyticsProcess.StartAsync(platform);
        await ParkedAloneAsync(database, "feed:safety ended 3 processes that took it in", healthy: 2);
        await AnalyticsHost.UntilAsync(async () => await ValueAsync<string>(database, "select coalesce(max(resume_token), '') from feed_positions where service = 'safety'") == "3");
    }

    private static async Task LiveAndDieAsync(Platform platform, Trap trap, int deaths)
    {
        for (var death = 1; death <= deaths; death++)
        {
            await using (await AnalyticsProcess.StartAsync(platform))
            {
                await trap.SnapsAsync();
            }

            await trap.LetGoAsync();
        }
    }

    private static async Task ParkedAloneAsync(NpgsqlDataSource database, string parked, int healthy)
    {
        await AnalyticsHost.UntilAsync(async () => await CountAsync(database, "parked_messages") == 1);
        Assert.Equal(parked, await ValueAsync<string>(
            database, "select concat_ws(' ', source, properties ->> 'message_id', properties ->> 'routing_key', reason) from parked_messages"));
        await AnalyticsHost.UntilAsync(async () => await CountAsync(database, "record_versions") == healthy);
        await AnalyticsHost.UntilAsync(async () => await CountAsync(database, "quarantined_messages") == 0);
    }

    private static Task<long> CountAsync(NpgsqlDataSource database, string table) => ValueAsync<long>(database, $"select count(*) from {table}");

    private static async Task<T> ValueAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Holds fast whoever stores one record, so that it can be killed in the act.</summary>
    private sealed class Trap(NpgsqlDataSource database, NpgsqlConnection holder) : IAsyncDisposable
    {
        private const string Held =
            "from pg_locks where locktype = 'advisory' and objid = 4711 and not granted and database = (select oid from pg_database where datname = current_database())";

        public static async Task<Trap> SetAsync(NpgsqlDataSource database, string recordId)
        {
            var holder = await database.OpenConnectionAsync();
            await using var set = new NpgsqlCommand(
                $"""
                select pg_advisory_lock(4711);
                create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_lock(4711); return new; end $$;
                create trigger hold before insert on record_versions for each row when (new.record_id = '{recordId}') execute function hold();
                """,
                holder);
            await set.ExecuteNonQueryAsync();
            return new Trap(database, holder);
        }

        /// <summary>Waits until somebody is held.</summary>
        public Task SnapsAsync() => AnalyticsHost.UntilAsync(async () => await ValueAsync<long>(database, $"select count(*) {Held}") > 0);

        /// <summary>Ends the session of whom was held, which outlives its process.</summary>
        public Task LetGoAsync() => AnalyticsHost.UntilAsync(async () =>
        {
            await ValueAsync<long>(database, $"select count(pg_terminate_backend(pid)) {Held}");
            return await ValueAsync<long>(database, $"select count(*) {Held}") == 0;
        });

        public async ValueTask DisposeAsync() => await holder.DisposeAsync();
    }
}

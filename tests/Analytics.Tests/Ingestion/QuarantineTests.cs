using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Npgsql;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(Servers.Name)]
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
        for (var death = 1; death <= 5; death++)
        {
            await using (await AnalyticsProcess.StartAsync(platform))
            {
                await trap.SnapsAsync();
            }

            await trap.LetGoAsync();
        }

        await using var last = await AnalyticsProcess.StartAsync(platform);
        await AnalyticsHost.UntilAsync(async () => await CountAsync(database, "parked_messages") == 1);

        Assert.Equal($"{guilty.Header.RecordId}/1 safety.death ended 3 processes that took it in", await ValueAsync<string>(
            database, "select concat_ws(' ', properties ->> 'message_id', properties ->> 'routing_key', reason) from parked_messages"));
        await AnalyticsHost.UntilAsync(async () => await CountAsync(database, "record_versions") == 40);
        await AnalyticsHost.UntilAsync(async () => await CountAsync(database, "quarantined_messages") == 0);
        Assert.Equal(0u, (await platform.Broker.DeadAsync()).MessageCount);
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

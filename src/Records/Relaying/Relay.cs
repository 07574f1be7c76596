using System.Diagnostics;
using Equecel.Audit;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Equecel.Records.Relaying;

/// <summary>Publishes the journal to RabbitMQ: every row at least once, none skipped, one relay for a database at a time.</summary>
internal sealed class Relay(
    RecordsOptions options, RecordDatabase database, RecordContract contract, JournalSignal signal, RelayState state,
    IConnectionFactory broker, ILogger<Relay> logger) : BackgroundService
{
    private const long LeaderLock = 7_301_002;

    // What was published after the stored position is published again by the next relay, and does no harm.
    private static readonly TimeSpan StoreEvery = TimeSpan.FromMilliseconds(200);

    // Everything up to it has been published and confirmed.
    private JournalCursor cursor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        string? refused = null;
        for (var failures = 0; !stoppingToken.IsCancellationRequested; failures++)
        {
            var published = state.PublishedCount;
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was: throw connections away, wait, start again from the stored position.
                var (refusal, name) = (BrokerFailure.FindRefusal(e), BackgroundFailure.Count("relay", e));
                state.Failed(refusal ?? name);
                failures = state.PublishedCount > published ? 0 : failures;
                if (e is PublishException { IsReturn: true })
                {
                    state.Unroutable();
                }

                if (refusal is not null && (refusal != refused || failures % 20 == 0))
                {
                    logger.LogError("The relay cannot publish: {Refusal}. Saves go on and wait in the journal; it is tried again", refusal);
                }
                else if (refusal is null && failures % 20 == 0)
                {
                    logger.LogWarning("The relay starts again after {Failure}", name);
                }

                refused = refusal;
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(250 << Math.Min(failures, 5), 5_000) * (0.8 + (0.4 * Random.Shared.NextDouble()))), stoppingToken);
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        await using var channel = await RelayChannel.OpenAsync(broker, $"{options.Service}.relay", OnBlocked, stopping);

        // The lock lives as long as this connection, which no pool may keep; the same connection reads and stores the position.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Reader.ConnectionString)
        {
            ApplicationName = $"{options.Service}.relay",
            Pooling = false,
            KeepAlive = 5,
        }.ConnectionString);
        await connection.OpenAsync(stopping);
        while (!await LeadAsync(connection, stopping))
        {
            state.StandingBy();
            await Task.Delay(500, stopping);
        }

        cursor = await PositionAsync(connection, stopping);
        state.Running();
        try
        {
            await PublishAsync(channel, connection, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next relay begins where this one ends.
            await StoreAsync(connection, cursor, CancellationToken.None);
            throw;
        }
    }

    private void OnBlocked(string? reason)
    {
        if (state.Block(reason) && reason is not null)
        {
            logger.LogWarning("The broker takes no messages: {Reason}. Saves go on", reason);
        }
    }

    private async Task PublishAsync(RelayChannel channel, NpgsqlConnection connection, CancellationToken stopping)
    {
        var (stored, sinceStored) = (cursor, Stopwatch.StartNew());
        while (true)
        {
            var (pulse, read) = (signal.Next, Stopwatch.GetTimestamp());
            var batch = await JournalFeed.ReadAsync(connection, cursor, stopping);
            if (batch.Count > 0)
            {
                // Where a transaction wrote something before its version, the later version of a record has the lower id: by sequence it has not.
                await channel.PublishAsync(RelayMessage.Pack(options.Service, contract, batch.OrderBy(version => version.Cursor.Seq)));
                cursor = batch[^1].Cursor;
                state.Published(batch.Count);
            }

            if (cursor != stored && (batch.Count == 0 || sinceStored.Elapsed > StoreEvery))
            {
                await StoreAsync(connection, cursor, stopping);
                stored = cursor;
                sinceStored.Restart();
            }

            if (batch.Count < JournalFeed.BatchSize)
            {
                await JournalSignal.WaitAsync(pulse, read, JournalSignal.Short, stopping);
                channel.ThrowIfClosed();
            }
        }
    }

    private static async Task<bool> LeadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LeaderLock})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<JournalCursor> PositionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // A position where no transaction has been yet is none of this database: everything is published again rather than nothing.
        await using var command = new NpgsqlCommand(
            "select xid, seq from relay_positions where exchange = $1 and xid < pg_snapshot_xmax(pg_current_snapshot())", connection)
        {
            Parameters = { new() { Value = RelayChannel.Exchange } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new JournalCursor(row.GetFieldValue<ulong>(0), row.GetInt64(1)) : JournalCursor.Start;
    }

    private static async Task StoreAsync(NpgsqlConnection connection, JournalCursor cursor, CancellationToken cancellation)
    {
        // A position that is lost in a crash only publishes again what was published, so it need not wait for the disk.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select set_config('synchronous_commit', 'off', true)"),
                new("""
                    insert into relay_positions (exchange, xid, seq) values ($1, $2, $3)
                    on conflict (exchange) do update set xid = excluded.xid, seq = excluded.seq
                    """)
                {
                    Parameters =
                    {
                        new() { Value = RelayChannel.Exchange },
                        new() { Value = cursor.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
                        new() { Value = cursor.Seq },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

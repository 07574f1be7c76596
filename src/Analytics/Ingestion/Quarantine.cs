using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Remembers, over the deaths of processes, which message each of them had begun. One that three began and none ended is parked
/// unread, so a crash loop ends with the guilty message alone.
/// </summary>
internal sealed class Quarantine(NpgsqlDataSource database, ILogger<Quarantine> logger)
{
    private const int MaxDeaths = 3;

    // The death of this process must not undo it; that of the database may.
    private const string AtOnce = "select set_config('synchronous_commit', 'off', true)";

    /// <summary>This process. A message that it lived through is not held against the message.</summary>
    private readonly Guid process = Guid.NewGuid();

    /// <summary>Takes one message in.</summary>
    /// <param name="message">The message.</param>
    /// <param name="take">Takes it in; or parks it when it is given why.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task TakeAsync(ReceivedMessage message, Func<string?, Task> take, CancellationToken cancellation)
    {
        var deaths = await BeginAsync(message, cancellation);
        if (deaths >= MaxDeaths)
        {
            logger.LogError("Message {MessageId} ended {Count} processes that took it in. It is parked", message.MessageId, deaths);
            await take($"ended {MaxDeaths} processes that took it in");
        }
        else
        {
            try
            {
                await take(null);
            }
            catch (Exception e) when (e is not (NpgsqlException or OperationCanceledException))
            {
                // A defect that ends no process would go round for ever.
                await take($"cannot be handled: {e.GetType().Name}");
            }
        }

        await EndAsync(message, cancellation);
    }

    /// <summary>Writes down that a message begins.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many processes began it before and did not end it.</returns>
    public async Task<int> BeginAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into quarantined_messages as known (digest, message_id, attempts, process_id) values ($1, $2, 1, $3)
            on conflict (digest) do update
            set attempts = known.attempts + (known.process_id <> excluded.process_id)::int, process_id = excluded.process_id, last_time = clock_timestamp()
            returning attempts
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<byte[]> { TypedValue = message.Digest() },
                new NpgsqlParameter<string> { TypedValue = message.MessageId },
                new NpgsqlParameter<Guid> { TypedValue = process },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AtOnce));
        return (int)(await batch.ExecuteScalarAsync(cancellation))! - 1;
    }

    /// <summary>Writes down that a message ended.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task EndAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AtOnce));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("delete from quarantined_messages where digest = $1")
        {
            Parameters = { new NpgsqlParameter<byte[]> { TypedValue = message.Digest() } },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

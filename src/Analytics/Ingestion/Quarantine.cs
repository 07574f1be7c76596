using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>Remembers, over the deaths of processes, which message each of them had begun.</summary>
internal sealed class Quarantine(NpgsqlDataSource database)
{
    /// <summary>This process. A message that it lived through is not held against the message.</summary>
    private readonly Guid process = Guid.NewGuid();

    /// <summary>Writes down that a message begins.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many processes began it before and did not end it.</returns>
    public async Task<int> BeginAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            insert into quarantined_messages as known (digest, message_id, attempts, process_id) values ($1, $2, 1, $3)
            on conflict (digest) do update
            set attempts = known.attempts + (known.process_id <> excluded.process_id)::int, process_id = excluded.process_id, last_time = clock_timestamp()
            returning attempts
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = message.Digest() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.MessageId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = process });
        return (int)(await command.ExecuteScalarAsync(cancellation))! - 1;
    }

    /// <summary>Writes down that a message ended.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task EndAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from quarantined_messages where digest = $1");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = message.Digest() });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

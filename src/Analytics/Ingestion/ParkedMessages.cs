using System.Text.Json;
using Equecel.Audit;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Analytics.Ingestion;

/// <summary>The messages that could not be used. One that was replayed stays, marked and without its body.</summary>
internal sealed class ParkedMessages(NpgsqlDataSource database)
{
    /// <summary>
    /// Parks messages, within the caller's transaction, and keeps in the audit trail that it does. One that is there counts once more, and is parked
    /// again if it was replayed.
    /// </summary>
    /// <param name="connection">The transaction's connection.</param>
    /// <param name="parked">The messages, each with its fault.</param>
    public static async Task ParkAsync(NpgsqlConnection connection, IReadOnlyCollection<Arrival> parked)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var arrival in parked)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                """
                insert into parked_messages (digest, source, properties, body, reason) values ($1, $2, $3, $4, $5)
                on conflict (digest) do update
                set attempts = parked_messages.attempts + 1, last_time = excluded.last_time, reason = excluded.reason, replay_time = null, body = excluded.body
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter<byte[]> { TypedValue = arrival.Message.Digest() },
                    new NpgsqlParameter<string> { TypedValue = arrival.Message.Source },
                    new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(arrival.Message.Properties), NpgsqlDbType = NpgsqlDbType.Json },
                    new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = arrival.Message.Body(), NpgsqlDbType = NpgsqlDbType.Bytea },
                    new NpgsqlParameter<string> { TypedValue = arrival.Fault! },
                },
            });
        }

        await batch.ExecuteNonQueryAsync();
        await AuditLog.AppendAsync(
            connection, [.. parked.CountBy(Note).Select(note => new KeyValuePair<AuditNote, long>(note.Key, note.Value))], CancellationToken.None);
    }

    /// <summary>How many are parked and not replayed, and since when the oldest.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(long Count, DateTimeOffset? Oldest)> CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(*), min(first_time) from parked_messages where replay_time is null");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        return (rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>Reads a page of what is parked, oldest first, without the bodies.</summary>
    /// <param name="after">Number of the last message of the page before; 0 for the first page.</param>
    /// <param name="withReplayed">Whether to read those that were replayed, too.</param>
    /// <param name="size">Most messages.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<V1.ParkedMessage>> ListAsync(long after, bool withReplayed, int size, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select parked_id, source, properties ->> 'message_id', properties ->> 'routing_key', reason, first_time, last_time, attempts, length(body), replay_time
            from parked_messages
            where parked_id > $1 and ($2 or replay_time is null)
            order by parked_id limit $3
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<bool> { TypedValue = withReplayed }, new NpgsqlParameter<int> { TypedValue = size },
        ]);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new List<V1.ParkedMessage>();
        while (await rows.ReadAsync(cancellation))
        {
            page.Add(new V1.ParkedMessage
            {
                ParkedId = rows.GetInt64(0),
                Source = rows.GetString(1),
                MessageId = rows.IsDBNull(2) ? "" : rows.GetString(2),
                RoutingKey = rows.IsDBNull(3) ? "" : rows.GetString(3),
                Reason = rows.GetString(4),
                FirstTime = rows.GetFieldValue<DateTimeOffset>(5).ToTimestamp(),
                LastTime = rows.GetFieldValue<DateTimeOffset>(6).ToTimestamp(),
                AttemptCount = rows.GetInt32(7),
                BodySizeBytes = rows.GetInt32(8),
                ReplayTime = rows.IsDBNull(9) ? null : rows.GetFieldValue<DateTimeOffset>(9).ToTimestamp(),
            });
        }

        return page;
    }

    /// <summary>The numbers of those that are parked and not replayed.</summary>
    /// <param name="reason">Only those with this reason; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<long>> FindAsync(string? reason, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select parked_id from parked_messages where replay_time is null and ($1 is null or reason = $1) order by parked_id");
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<long>();
        while (await rows.ReadAsync(cancellation))
        {
            ids.Add(rows.GetInt64(0));
        }

        return ids;
    }

    /// <summary>Reads one that is parked.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The message and how often it was parked; null when there is none, or it was replayed.</returns>
    public async Task<(ReceivedMessage Message, int Attempts)?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select source, properties::text, body, attempts from parked_messages where parked_id = $1 and replay_time is null");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        if (!await rows.ReadAsync(cancellation))
        {
            return null;
        }

        var body = rows.GetFieldValue<byte[]>(2);
        var properties = JsonSerializer.Deserialize<Dictionary<string, string?>>(rows.GetString(1))!;
        return (new ReceivedMessage(rows.GetString(0), properties, () => body), rows.GetInt32(3));
    }

    /// <summary>Marks one as replayed and empties it, unless it was parked again meanwhile.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="attempts">How often it had been parked before it was replayed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Why it stays parked; null when it was marked.</returns>
    public async Task<string?> MarkReplayedAsync(long id, int attempts, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            update parked_messages
            set replay_time = case when attempts = $2 then clock_timestamp() else replay_time end, body = case when attempts = $2 then '' else body end
            where parked_id = $1 returning case when replay_time is null then reason end
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = attempts });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    // What its sender calls it, or what was read of it: ids alone.
    private static AuditNote Note(Arrival arrival)
    {
        var id = arrival.Message.MessageId is { Length: > 0 } sent ? LogText.Of(sent)
            : arrival.Version is { } version ? $"{version.RecordId}/{version.Version}"
            : "";
        return new AuditNote(AuditEventKind.Parked, "analytics", "", arrival.Message.Source, id, arrival.Fault!);
    }
}

using Equecel.Records.Store;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Deriving;

/// <summary>How far the journal has been followed by who makes records of others: for each kind and its rules.</summary>
internal sealed class DeriverPosition(RecordDatabase database)
{
    /// <summary>The stored position; the start for rules that have not followed yet.</summary>
    public async Task<JournalCursor> ReadAsync(string name, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(
            // A position where no transaction has been yet is none of this database.
            "select xid, seq from derived_positions where derivation = $1 and xid < pg_snapshot_xmax(pg_current_snapshot())", connection)
        {
            Parameters = { new() { Value = name } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new JournalCursor(row.GetFieldValue<ulong>(0), row.GetInt64(1)) : JournalCursor.Start;
    }

    /// <summary>Reads the journal after a cursor.</summary>
    public async Task<List<StoredVersion>> FollowAsync(JournalCursor after, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        return await JournalFeed.ReadAsync(connection, after, cancellation);
    }

    /// <summary>Stores a position. One that is lost in a crash only derives again what was derived.</summary>
    public async Task StoreAsync(string name, JournalCursor cursor, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            insert into derived_positions (derivation, xid, seq) values ($1, $2, $3)
            on conflict (derivation) do update set xid = excluded.xid, seq = excluded.seq
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = name },
                new() { Value = cursor.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = cursor.Seq },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

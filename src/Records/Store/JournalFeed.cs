using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Store;

/// <summary>Reads the journal in the order in which its rows became certain.</summary>
/// <remarks>
/// A row counts as certain when every transaction with a lower id has ended; sequence numbers alone become visible out of
/// order, and a reader past a gap would never come back to it.
/// </remarks>
internal static class JournalFeed
{
    /// <summary>Most rows in a batch.</summary>
    public const int BatchSize = 500;

    private const string Sql = $"""
        select {StoredVersion.Columns} from journal j
        where (j.xid, j.seq) > ($1, $2) and j.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by j.xid, j.seq limit $3
        """;

    /// <summary>Reads the next rows after a cursor; fewer than <see cref="BatchSize"/> when there are no more that are certain.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="after">The cursor.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static async Task<List<StoredVersion>> ReadAsync(NpgsqlConnection connection, JournalCursor after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new() { Value = after.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = after.Seq },
                new() { Value = BatchSize },
            },
        };
        var batch = new List<StoredVersion>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            batch.Add(StoredVersion.Read(reader));
        }

        return batch;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Equecel.Records.Store;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Proof;

/// <summary>The rows of the journal between two positions, summed up.</summary>
/// <param name="Count">Number of rows.</param>
/// <param name="Position">Position of the last; where it began when there is none.</param>
/// <param name="Digest">SHA-256 over record id, version and hash of each, in hexadecimal.</param>
internal readonly record struct CheckpointSegment(long Count, JournalCursor Position, string Digest)
{
    /// <summary>Sums up what is there now.</summary>
    /// <param name="connection">A connection of the role that reads the rows of all sites.</param>
    /// <param name="after">Position after which it begins.</param>
    /// <param name="to">Position at which it ends; null for everything that is certain.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static async Task<CheckpointSegment> ReadAsync(NpgsqlConnection connection, JournalCursor after, JournalCursor? to, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select record_id, version, hash, xid, seq from journal
            where (xid, seq) > ($1, $2) and xid < pg_snapshot_xmin(pg_current_snapshot()) and ($3::xid8 is null or (xid, seq) <= ($3, $4))
            order by xid, seq
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = after.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = after.Seq },
                new() { Value = (object?)to?.Xid ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = (object?)to?.Seq ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
            CommandTimeout = 0,
        };
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, position, key) = (0L, after, new byte[20]);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        for (; await row.ReadAsync(cancellation); count++)
        {
            row.GetGuid(0).TryWriteBytes(key, bigEndian: true, out _);
            BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(16), row.GetInt32(1));
            digest.AppendData(key);
            digest.AppendData(row.GetFieldValue<byte[]>(2));
            position = new JournalCursor(row.GetFieldValue<ulong>(3), row.GetInt64(4));
        }

        return new CheckpointSegment(count, position, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }
}

using System.Runtime.CompilerServices;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Proof;

/// <summary>Sums and lists the hashes of a range of time, for comparison with who else holds the versions.</summary>
internal sealed class JournalDigests(RecordDatabase database)
{
    private const string InRange = "save_time >= coalesce($1::timestamptz, '-infinity') and save_time < coalesce($2::timestamptz, 'infinity')";

    /// <summary>Number of the versions, the sum modulo 2^64 of the first 8 bytes of their hashes, and until when these are all.</summary>
    public async Task<JournalDigest> DigestAsync(DateTime? from, DateTime? to, CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);

        // A statement of its own, before: the next one sees what was saved by then.
        await using var settle = new NpgsqlCommand("select settled_time()", connection);
        var settled = (DateTime)(await settle.ExecuteScalarAsync(cancellation))!;
        await using var command = new NpgsqlCommand(
            $"""
            select count(*), coalesce(sum(('x' || encode(substring(hash from 1 for 8), 'hex'))::bit(64)::bigint), 0) % 18446744073709551616
            from journal where {InRange}
            """,
            connection)
        {
            Parameters = { Instant(from), Instant(to) },
            CommandTimeout = 0,
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        // The database sums signed numbers: a negative rest stands for its complement.
        var rest = row.GetDecimal(1);
        return new JournalDigest
        {
            VersionCount = row.GetInt64(0),
            HashSum = (ulong)(rest < 0 ? rest + 18_446_744_073_709_551_616m : rest),
            SettledTime = Timestamp.FromDateTime(settled),
        };
    }

    /// <summary>The hashes of the versions, in the order of save time, record and version.</summary>
    public async IAsyncEnumerable<JournalHash> HashesAsync(DateTime? from, DateTime? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"select record_id, version, hash, save_time from journal where {InRange} order by save_time, record_id, version", connection)
        {
            Parameters = { Instant(from), Instant(to) },
            CommandTimeout = 0,
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new JournalHash
            {
                RecordId = row.GetGuid(0).ToString(),
                Version = row.GetInt32(1),
                Hash = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(2)),
                SaveTime = Timestamp.FromDateTime(row.GetDateTime(3)),
            };
        }
    }

    private static NpgsqlParameter Instant(DateTime? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}

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
    /// <summary>Hashes that are read at once.</summary>
    public int PageSize { get; init; } = 20_000;

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

    /// <summary>The hashes of the versions, in the order of save time, record and version. Read page by page, so that a slow reader holds no connection.</summary>
    public async IAsyncEnumerable<JournalHash> HashesAsync(DateTime? from, DateTime? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = new List<JournalHash>();
        do
        {
            page = await ReadPageAsync(from, to, page.Count == 0 ? null : page[^1], cancellation);
            foreach (var hash in page)
            {
                yield return hash;
            }
        }
        while (page.Count == PageSize);
    }

    private async Task<List<JournalHash>> ReadPageAsync(DateTime? from, DateTime? to, JournalHash? after, CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            select record_id, version, hash, save_time from journal
            where {InRange} and (save_time, record_id, version) > (coalesce($1::timestamptz, '-infinity'), $3, $4)
            order by save_time, record_id, version limit $5
            """,
            connection)
        {
            Parameters =
            {
                Instant(after?.SaveTime.ToDateTime() ?? from),
                Instant(to),
                new() { Value = after is null ? Guid.Empty : Guid.Parse(after.RecordId) },
                new() { Value = after?.Version ?? 0 },
                new() { Value = PageSize },
            },
            CommandTimeout = 0,
        };
        var page = new List<JournalHash>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            page.Add(new JournalHash
            {
                RecordId = row.GetGuid(0).ToString(),
                Version = row.GetInt32(1),
                Hash = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(2)),
                SaveTime = Timestamp.FromDateTime(row.GetDateTime(3)),
            });
        }

        return page;
    }

    private static NpgsqlParameter Instant(DateTime? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}

using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Analytics.Ingestion;

/// <summary>What Analytics holds of a service, to be compared with what the service holds.</summary>
internal sealed class StoredHashes(NpgsqlDataSource database)
{
    /// <summary>Sums up the versions of a range.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<VersionDigest> DigestAsync(string service, SaveTimeRange range, CancellationToken cancellation)
    {
        // A signed number has the bits of the unsigned one, and so has the sum modulo 2^64.
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var command = Command(
            """
            select count(*), coalesce(mod(sum(('x' || encode(substring(hash for 8), 'hex'))::bit(64)::bigint), 18446744073709551616), 0)
            from record_versions
            where service = $1 and ($2 is null or save_time >= $2) and save_time < $3
            """,
            service, range, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var sum = rows.GetDecimal(1);
        return new VersionDigest(rows.GetInt64(0), (ulong)(sum < 0 ? sum + ulong.MaxValue + 1 : sum));
    }

    /// <summary>Lists the hashes of a range, in no order.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async IAsyncEnumerable<(Guid RecordId, int Version, byte[] Hash)> ListAsync(
        string service, SaveTimeRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var command = Command(
            "select record_id, version, hash from record_versions where service = $1 and ($2 is null or save_time >= $2) and save_time < $3", service, range, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return (rows.GetGuid(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2));
        }
    }

    private static NpgsqlCommand Command(string sql, string service, SaveTimeRange range, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)range.From?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = range.To.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }
}

using System.Runtime.CompilerServices;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>Reads the hashes of a service's versions, page by page, so that a slow reader holds no connection.</summary>
internal sealed class WitnessedHashes(NpgsqlDataSource database)
{
    private const int PageSize = 5000;

    /// <summary>Reads them in order of record and version.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async IAsyncEnumerable<(Guid RecordId, int Version, byte[] Hash)> ReadAsync(string service, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (recordId, version) = (Guid.Empty, 0);
        while (true)
        {
            var page = await ReadPageAsync(service, recordId, version, cancellation);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            (recordId, version, _) = page[^1];
        }
    }

    private async Task<List<(Guid RecordId, int Version, byte[] Hash)>> ReadPageAsync(string service, Guid recordId, int version, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            select record_id, version, hash from record_versions
            where (record_id, version) > ($2, $3) and service = $1
            order by record_id, version limit {PageSize}
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = recordId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });

        var page = new List<(Guid, int, byte[])>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            page.Add((rows.GetGuid(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2)));
        }

        return page;
    }
}

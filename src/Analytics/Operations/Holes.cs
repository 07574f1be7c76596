using Equecel.Analytics.Ingestion;
using Npgsql;

namespace Equecel.Analytics.Operations;

/// <summary>Finds records that lack a version below their latest, which proves a loss or a delay, and asks their owners for it.</summary>
internal sealed class Holes(NpgsqlDataSource database, IEnumerable<CaptureService> services, Ingestor ingestor, TimeProvider time, ILogger<Holes> logger)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);
    private readonly Dictionary<Guid, long> asked = [];
    private DateTimeOffset lookedUpTo = DateTimeOffset.UnixEpoch;

    /// <summary>Looks through what was taken in since the last look and a minute or more ago, and through the holes known from before.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many records have holes still.</returns>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    /// <exception cref="Grpc.Core.RpcException">An owner cannot be asked.</exception>
    public async Task<int> MendAsync(CancellationToken cancellation)
    {
        var (holes, upTo) = await FindAsync(cancellation);
        foreach (var one in asked.Keys.Except(holes.Select(hole => hole.RecordId)).ToList())
        {
            asked.Remove(one);
        }

        var open = holes.Count;
        foreach (var hole in holes.Where(hole => !asked.TryGetValue(hole.RecordId, out var when) || time.GetElapsedTime(when) > AskAgainAfter))
        {
            logger.LogWarning("Record {RecordId} of {Service} lacks {Count} version(s). Asking its owner", hole.RecordId, hole.Service, hole.Missing.Length);
            asked[hole.RecordId] = time.GetTimestamp();
            open -= await MendAsync(hole, cancellation) ? 1 : 0;
        }

        lookedUpTo = upTo;
        return open;
    }

    private async Task<bool> MendAsync(Hole hole, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(hole.Missing.Select(version => services[hole.Service].FindVersionAsync(hole.RecordId, version, cancellation)));
        await ingestor.TakeAsync([.. found.OfType<Arrival>()], position: null, cancellation);
        var isMended = found.All(arrival => arrival is { Fault: null });
        if (isMended)
        {
            asked.Remove(hole.RecordId);
        }

        return isMended;
    }

    private async Task<(List<Hole> Holes, DateTimeOffset UpTo)> FindAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            with looked as (select clock_timestamp() - interval '60 seconds' as up_to),
            touched as (
                select record_id from record_versions, looked where version > 1 and take_time >= $1 and take_time < up_to
                union select unnest($2)
            ),
            incomplete as (
                select record_id, min(service) as service, max(version) as latest, array_agg(version) as there
                from record_versions join touched using (record_id)
                group by record_id having max(version) > count(*)
            )
            select up_to, record_id, service, array(select generate_series(1, latest) except select unnest(there))
            from looked left join incomplete on true
            """,
            connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = lookedUpTo.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. asked.Keys] });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (holes, upTo) = (new List<Hole>(), lookedUpTo);
        while (await rows.ReadAsync(cancellation))
        {
            upTo = rows.GetFieldValue<DateTimeOffset>(0);
            if (!rows.IsDBNull(1))
            {
                holes.Add(new Hole(rows.GetGuid(1), rows.GetString(2), rows.GetFieldValue<int[]>(3)));
            }
        }

        return (holes, upTo);
    }

    private sealed record Hole(Guid RecordId, string Service, int[] Missing);
}

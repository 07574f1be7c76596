using System.Data;
using System.Runtime.CompilerServices;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Equecel.Analytics.Comparison;

/// <summary>Reads, side by side, what was known at two moments of the participants of whom anything was saved between.</summary>
internal sealed class HistoryReader(NpgsqlDataSource database, IEnumerable<CaptureService> services)
{
    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>The data that there was at an instant.</summary>
    /// <param name="asOf">The instant.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<CohortPosition> ReadPositionAsync(DateTimeOffset asOf, CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        return await StoredCohort.ReadPositionAsync(connection, asOf, cancellation);
    }

    /// <summary>Streams the histories in order of the participants' codes. Memory is that of one.</summary>
    /// <param name="from">The earlier moment.</param>
    /// <param name="to">The later moment.</param>
    /// <param name="sites">Sites that are wanted; empty for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async IAsyncEnumerable<ParticipantHistory> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string> sites, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            select participant, site, service, kind, record_id, version, origin, state, save_time, content
            from record_versions
            where save_time <= $2 and kind <> 'data_query' and (cardinality($3) = 0 or site = any($3)) and participant in (
                select participant from record_versions
                where save_time > $1 and save_time <= $2 and participant <> '' and kind <> 'data_query')
            order by participant collate "C", record_id, version
            """,
            connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. sites] });
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        var (participant, site, versions) = ("", "", new List<StoredVersion>());
        while (await rows.ReadAsync(cancellation))
        {
            var of = rows.GetString(0);
            if (of != participant && versions.Count > 0)
            {
                yield return Read(participant, site, versions, from);
                versions = [];
            }

            (participant, site) = (of, rows.GetString(1));
            versions.Add(new StoredVersion(
                rows.GetString(2), rows.GetString(3), rows.GetGuid(4), rows.GetInt32(5), (DataOrigin)rows.GetInt16(6), (RecordState)rows.GetInt16(7),
                rows.GetFieldValue<DateTimeOffset>(8), rows.GetFieldValue<byte[]>(9)));
        }

        if (versions.Count > 0)
        {
            yield return Read(participant, site, versions, from);
        }
    }

    private ParticipantHistory Read(string participant, string site, List<StoredVersion> versions, DateTimeOffset from) =>
        new(participant, site, [.. versions.GroupBy(version => version.RecordId).Select(record => Read([.. record], from))]);

    private RecordHistory Read(IReadOnlyList<StoredVersion> versions, DateTimeOffset from)
    {
        var (before, last) = (versions.LastOrDefault(version => version.SaveTime <= from), versions[^1]);
        return new RecordHistory(
            last.Service, last.Kind, last.RecordId, before?.Version ?? 0, before is null ? null : FindRecord(before), FindRecord(last),
            [.. versions.Where(version => version.SaveTime > from).Select(Change)]);
    }

    /// <returns>Null for one that does not count: it was retracted, or what it said was taken away.</returns>
    private DossierRecord? FindRecord(StoredVersion version) => version.State == RecordState.Active && services[version.Service].ReadForm(version.Content) is { } form
        ? new DossierRecord(version.Service, version.Kind, version.RecordId, version.Version, version.Origin, version.SaveTime, form)
        : null;

    private V1.VersionChange Change(StoredVersion version)
    {
        var header = services[version.Service].ReadHeader(version.Content);
        return new V1.VersionChange
        {
            Version = version.Version,
            SaveTime = version.SaveTime.ToTimestamp(),
            Actor = header.Actor,
            Reason = header.Reason,
            Retracted = version.State == RecordState.Retracted,
        };
    }

    private sealed record StoredVersion(
        string Service, string Kind, Guid RecordId, int Version, DataOrigin Origin, RecordState State, DateTimeOffset SaveTime, byte[] Content);
}

using System.Data;
using System.Runtime.CompilerServices;
using Equecel.Analytics.Ingestion;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Npgsql;

namespace Equecel.Analytics.Dossiers;

/// <summary>Reads dossiers out of rows of stored versions.</summary>
/// <param name="services">The services whose records they are.</param>
internal sealed class DossierRows(IEnumerable<CaptureService> services)
{
    /// <summary>The columns that are read. When a record began is not told: the latest save stands for it.</summary>
    public const string Columns = $"{Latest}, save_time, content";

    /// <summary>The same, with when each record began.</summary>
    public const string ColumnsWithHistory = $"""{Latest}, min(save_time) over (partition by participant collate "C", record_id), content""";

    private const string Latest = "participant, site, service, kind, record_id, version, origin, state, save_time";

    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>Streams the dossiers in which a record counts. Memory is that of one.</summary>
    /// <param name="command">Selects <see cref="Columns"/>, or <see cref="ColumnsWithHistory"/>, of the latest version of each record, in order of the participants.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public IAsyncEnumerable<Dossier> ReadAsync(NpgsqlCommand command, CancellationToken cancellation) =>
        ReadAllAsync(command, cancellation).Where(dossier => dossier.Records.Count > 0);

    /// <summary>Streams the dossiers, also those in which no record counts. Memory is that of one.</summary>
    /// <param name="command">As for <see cref="ReadAsync"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async IAsyncEnumerable<Dossier> ReadAllAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        var (participant, site, records, versions) = ("", "", new List<DossierRecord>(), 0L);
        while (await rows.ReadAsync(cancellation))
        {
            var of = rows.GetString(0);
            if (of != participant && versions > 0)
            {
                yield return new Dossier(participant, site, records) { VersionSum = versions };
                (records, versions) = ([], 0);
            }

            (participant, site) = (of, rows.GetString(1));
            var (version, record) = ReadRecord(rows);
            versions += version;
            if (record is not null)
            {
                records.Add(record);
            }
        }

        if (versions > 0)
        {
            yield return new Dossier(participant, site, records) { VersionSum = versions };
        }
    }

    /// <returns>Its version, and null for one that does not count: it was retracted, or what it said was taken away.</returns>
    private (int Version, DossierRecord? Record) ReadRecord(NpgsqlDataReader row)
    {
        var (service, kind, recordId, version) = (row.GetString(2), row.GetString(3), row.GetGuid(4), row.GetInt32(5));
        var (origin, state) = ((DataOrigin)row.GetInt16(6), (RecordState)row.GetInt16(7));
        var (saveTime, firstSaveTime) = (row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9));
        return (version, state == RecordState.Active && services[service].ReadForm(row.GetFieldValue<byte[]>(10)) is { } form
            ? new DossierRecord(service, kind, recordId, version, origin, saveTime, form) { FirstSaveTime = firstSaveTime }
            : null);
    }
}

using System.Data;
using System.Runtime.CompilerServices;
using Equecel.Analytics.Ingestion;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Npgsql;

namespace Equecel.Analytics.Dossiers;

/// <summary>Reads dossiers out of the stored versions.</summary>
/// <param name="services">The services whose records they are.</param>
internal sealed class DossierRows(IEnumerable<CaptureService> services)
{
    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>Selects the latest version of each record, a row for each participant in order of their codes: a row for each version would take longer to send than to find.</summary>
    /// <param name="condition">Which versions are looked at.</param>
    /// <param name="began">When a record began; by default that is not told, and the latest save stands for it.</param>
    /// <remarks>The aggregates take the records in the order of the inner select, which has the order of the index.</remarks>
    public static string Select(string condition, string began = "save_time") =>
        $"""
        select participant, max(site), array_agg(service), array_agg(kind), array_agg(record_id), array_agg(version), array_agg(origin), array_agg(state),
            array_agg(save_time), array_agg(began), array_agg(content)
        from (
            select distinct on (participant collate "C", record_id)
                participant collate "C" as participant, site, service, kind, record_id, version, origin, state, save_time, {began} as began, content
            from record_versions
            where {condition}
            order by participant collate "C", record_id, version desc) as latest
        group by participant
        order by participant
        """;

    /// <summary>Selects the same, with the first save of each record as when it began.</summary>
    /// <param name="condition">Which versions are looked at.</param>
    public static string SelectWithHistory(string condition) => Select(
        condition,
        // In the order of the index, or all of it would be sorted once more.
        """min(save_time) over (partition by participant collate "C", record_id order by version desc rows between unbounded preceding and unbounded following)""");

    /// <summary>Streams the dossiers in which a record counts. Memory is that of a few.</summary>
    /// <param name="command">Selects them, as <see cref="Select"/> has it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public IAsyncEnumerable<Dossier> ReadAsync(NpgsqlCommand command, CancellationToken cancellation) =>
        ReadAllAsync(command, cancellation).Where(dossier => dossier.Records.Count > 0);

    /// <summary>Streams the dossiers, also those in which no record counts. Memory is that of a few.</summary>
    /// <param name="command">As for <see cref="ReadAsync"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async IAsyncEnumerable<Dossier> ReadAllAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // While a dossier is looked at, the next ones are read, each on a core of its own.
        var ahead = new Queue<Task<Dossier>>();
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var versions = await LatestVersions.ReadAsync(rows, cancellation);
            ahead.Enqueue(Task.Run(() => DossierOf(versions), cancellation));
            if (ahead.Count > Environment.ProcessorCount)
            {
                yield return await ahead.Dequeue();
            }
        }

        while (ahead.TryDequeue(out var next))
        {
            yield return await next;
        }
    }

    private Dossier DossierOf(LatestVersions versions) => new(
        versions.Participant, versions.Site, [.. Enumerable.Range(0, versions.RecordIds.Length).Select(i => FindRecord(versions, i)).OfType<DossierRecord>()])
    {
        VersionSum = versions.Versions.Sum(version => (long)version),
    };

    /// <returns>Null for one that does not count: it was retracted, or what it said was taken away.</returns>
    private DossierRecord? FindRecord(LatestVersions all, int i) =>
        all.States[i] == (short)RecordState.Active && services[all.Services[i]].ReadForm(all.Contents[i]) is { } form
            ? new DossierRecord(all.Services[i], all.Kinds[i], all.RecordIds[i], all.Versions[i], (DataOrigin)all.Origins[i], all.SaveTimes[i], form) { FirstSaveTime = all.Began[i] }
            : null;

    /// <summary>The latest versions of a participant's records, in the order in which the records began.</summary>
    private sealed record LatestVersions(
        string Participant, string Site, string[] Services, string[] Kinds, Guid[] RecordIds, int[] Versions, short[] Origins, short[] States,
        DateTimeOffset[] SaveTimes, DateTimeOffset[] Began, byte[][] Contents)
    {
        // The row is larger than what has arrived of it.
        public static async Task<LatestVersions> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
        {
            return new(
                await Column<string>(0), await Column<string>(1), await Column<string[]>(2), await Column<string[]>(3), await Column<Guid[]>(4),
                await Column<int[]>(5), await Column<short[]>(6), await Column<short[]>(7), await Column<DateTimeOffset[]>(8),
                await Column<DateTimeOffset[]>(9), await Column<byte[][]>(10));

            Task<T> Column<T>(int number) => row.GetFieldValueAsync<T>(number, cancellation);
        }
    }
}

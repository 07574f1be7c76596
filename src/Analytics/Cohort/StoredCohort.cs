using System.Data;
using Equecel.Analytics.Ingestion;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Analytics.Cohort;

/// <summary>Reads the cohort out of the stored versions, now or as of an instant, one row at a time.</summary>
internal sealed class StoredCohort(NpgsqlDataSource database, IEnumerable<CaptureService> services)
{
    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>Reads it.</summary>
    /// <param name="asOf">The instant; null for now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<(ParticipantTable Table, CohortPosition Position)> LoadAsync(DateTimeOffset? asOf, CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);

        // Both statements see the same versions.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var position = await ReadPositionAsync(connection, asOf, cancellation);
        var table = await ReadTableAsync(connection, asOf, cancellation);
        return (table, position);
    }

    /// <summary>The data that there was.</summary>
    /// <param name="connection">A connection; its transaction decides what it sees.</param>
    /// <param name="asOf">The instant; null for now.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<CohortPosition> ReadPositionAsync(NpgsqlConnection connection, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        await using var command = Command(
            """
            with versions as (
                select service, count(*) as count, max(save_time) as newest from record_versions where $1 is null or save_time <= $1 group by service)
            select service, count, newest, (select max(take_time) from record_versions where save_time = (select max(newest) from versions)) from versions
            """,
            connection,
            asOf);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (position, taken) = (CohortPosition.None, DateTimeOffset.MinValue);
        while (await rows.ReadAsync(cancellation))
        {
            var sent = new SentVersions(rows.GetInt64(1), rows.GetFieldValue<DateTimeOffset>(2));
            (position, taken) = (position with { Services = position.Services.Add(rows.GetString(0), sent) }, rows.GetFieldValue<DateTimeOffset>(3));
        }

        return position.NewestSaveTime is { } saved ? position with { Freshness = CohortPosition.Age(saved, taken) } : position;
    }

    private async Task<ParticipantTable> ReadTableAsync(NpgsqlConnection connection, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        // Both descending, as the primary key reads backwards without a sort. A participation has no date: its form is not needed.
        await using var command = Command(
            """
            select distinct on (record_id)
                record_id, version, service, participant, site, origin, state, case when kind <> 'participation' then content end
            from record_versions
            where participant <> '' and kind <> 'data_query' and ($1 is null or save_time <= $1)
            order by record_id desc, version desc
            """,
            connection,
            asOf);
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        var table = new ParticipantTable();
        while (await rows.ReadAsync(cancellation))
        {
            var (recordId, version, service) = (rows.GetGuid(0), rows.GetInt32(1), rows.GetString(2));
            var (participant, site) = (rows.GetString(3), rows.GetString(4));
            var (origin, state) = ((DataOrigin)rows.GetInt16(5), (RecordState)rows.GetInt16(6));
            var fact = rows.IsDBNull(7)
                ? new RecordFact(RecordKind.Participation, origin, state == RecordState.Active)
                : services[service].ReadFact(rows.GetFieldValue<byte[]>(7))!.Value;
            table.Apply(new CohortChange(ParticipantCode.Find(participant, site)!.Value, site, recordId, version, fact));
        }

        return table;
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, DateTimeOffset? asOf) => new(sql, connection)
    {
        CommandTimeout = 0,
        Parameters = { new NpgsqlParameter { Value = (object?)asOf?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz } },
    };
}

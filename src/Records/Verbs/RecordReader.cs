using System.Buffers.Binary;
using Equecel.Audit;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf.Reflection;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Verbs;

/// <summary>Reads records for a caller. Every question takes the caller's sites and puts them into SQL.</summary>
internal sealed class RecordReader(RecordDatabase database)
{
    private static readonly EnumDescriptor StateType = DataQuery.Descriptor.EnumTypes.Single(type => type.Name == nameof(DataQuery.Types.State));

    /// <summary>The latest version of a record, one of its versions, or the latest of a past instant; null when there is none that the caller may see.</summary>
    public async Task<StoredVersion?> FindAsync(SiteScope sites, Guid recordId, int version, DateTime? asOf, CancellationToken cancellation) =>
        (await ReadAsync(
            sites,
            $"""
            select {StoredVersion.Columns} from journal j
            where record_id = $1 and ($2 = 0 or version = $2) and ($3::timestamptz is null or save_time <= $3) and ($4::text is null or site = $4)
            order by version desc limit 1
            """,
            [new() { Value = recordId }, new() { Value = version }, Instant(asOf), Text(sites.Site)],
            cancellation)).FirstOrDefault();

    /// <summary>The latest version of the one record of something, such as <c>freeze of 01-0001</c>; null when there is none.</summary>
    public async Task<StoredVersion?> FindOnlyAsync(SiteScope sites, string naturalKey, CancellationToken cancellation) =>
        (await ReadAsync(
            sites,
            $"""
            select {StoredVersion.Columns} from (select record_id from journal where version = 1 and natural_key = $1 limit 1) first
            cross join lateral (select * from journal where record_id = first.record_id order by version desc limit 1) j
            where $2::text is null or j.site = $2
            """,
            [new() { Value = naturalKey }, Text(sites.Site)],
            cancellation)).FirstOrDefault();

    /// <summary>Versions of a record after one, oldest first.</summary>
    public Task<List<StoredVersion>> VersionsAsync(SiteScope sites, Guid recordId, int after, int limit, CancellationToken cancellation) => ReadAsync(
        sites,
        $"""
        select {StoredVersion.Columns} from journal j
        where record_id = $1 and version > $2 and ($3::text is null or site = $3) order by version limit $4
        """,
        [new() { Value = recordId }, new() { Value = after }, Text(sites.Site), new() { Value = limit }],
        cancellation);

    /// <summary>Latest versions after a place in the order of site, participant and record.</summary>
    public Task<List<StoredVersion>> ListAsync(
        SiteScope sites, PagePlace after, string? participant, string[] kinds, bool includeRetracted, int limit, CancellationToken cancellation) => ReadAsync(
        sites,
        $"""
        select {StoredVersion.Columns} from records r
        cross join lateral (select * from journal where record_id = r.record_id and version = r.version limit 1) j
        where (r.site, r.participant, r.record_id) > ($1, $2, $3) and ($4::text is null or r.site = $4)
            and ($5::text is null or r.participant = $5) and r.kind = any($6) and ($7 or r.state = 1)
        order by r.site, r.participant, r.record_id limit $8
        """,
        [
            new() { Value = after.Site }, new() { Value = after.Participant }, new() { Value = after.RecordId }, Text(sites.Site), Text(participant),
            new() { Value = kinds },
            new() { Value = includeRetracted }, new() { Value = limit },
        ],
        cancellation);

    /// <summary>Latest versions of data queries after one, oldest first.</summary>
    public Task<List<StoredVersion>> QueriesAsync(SiteScope sites, Guid after, ListQueriesRequest filter, int limit, CancellationToken cancellation) => ReadAsync(
        sites,
        $"""
        select {StoredVersion.Columns} from records r
        cross join lateral (select * from journal where record_id = r.record_id and version = r.version limit 1) j
        where r.kind = 'data_query' and r.record_id > $1 and ($2::text is null or r.site = $2)
            and {(filter.Participant.Length > 0 ? "r.site = $3 and r.participant = $4" : "($3::text is null or r.site = $3) and $4::text is null")}
            and ($5::text[] is null or r.form ->> 'state' = any($5)) and ($6::uuid is null or r.record_id < $6)
        order by r.record_id limit $7
        """,
        [
            new() { Value = after }, Text(sites.Site), Text(ParticipantCode.FindSite(filter.Participant) ?? OrNull(filter.Site)), Text(OrNull(filter.Participant)),
            new() { Value = filter.States.Count == 0 ? DBNull.Value : filter.States.Select(StateNames).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = filter.OpenedBeforeTime is { } before ? FirstId(before.ToDateTimeOffset()) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = limit },
        ],
        cancellation);

    /// <summary>Reads the journal after a cursor, as far as the caller may see it.</summary>
    public async Task<JournalPage> FollowAsync(SiteScope sites, JournalCursor after, CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(sites, cancellation);
            return await JournalFeed.ReadAsync(session, after, cancellation);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    private async Task<List<StoredVersion>> ReadAsync(SiteScope sites, string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(sites, cancellation);
            return await session.ReadVersionsAsync(sql, parameters, cancellation);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    // Ids of version 7 begin with the milliseconds since 1970.
    private static Guid FirstId(DateTimeOffset time)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(time.ToUnixTimeMilliseconds(), 0) << 16);
        return new Guid(id, bigEndian: true);
    }

    private static string StateNames(DataQuery.Types.State state) => StateType.FindValueByNumber((int)state).Name;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Instant(DateTime? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}

using Equecel.Audit;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Npgsql;

namespace Equecel.Records.Verbs;

/// <summary>Reads all records of participants, for checks and derivations that look beyond one form.</summary>
internal sealed class ParticipantRecords
{
    private const string LatestSql = $"""
        select {StoredVersion.Columns} from unnest($1, $2) as q(site, participant)
        cross join lateral (
            select record_id, version from records where site = q.site and participant = q.participant and kind <> 'data_query' offset 0) r
        cross join lateral (select * from journal where record_id = r.record_id and version = r.version limit 1) j
        order by r.record_id
        """;

    private const string HistorySql = $"""
        select {StoredVersion.Columns} from unnest($1, $2) as q(site, participant)
        cross join lateral (
            select record_id from records where site = q.site and participant = q.participant and kind = $3 offset 0) r
        cross join lateral (select * from journal where record_id = r.record_id offset 0) j
        order by j.record_id, j.version
        """;

    private readonly RecordDatabase database;
    private readonly RecordContract contract;
    private readonly SharedReads latest;

    public ParticipantRecords(RecordDatabase database, RecordContract contract)
    {
        (this.database, this.contract) = (database, contract);
        latest = new SharedReads(async (codes, cancellation) => (await ReadAsync(codes, LatestSql, cancellation))
            .ToLookup(version => version.Header.Participant is { Length: > 0 } participant ? participant : version.Header.Site));
    }

    /// <summary>The records that were sent, and how far they are.</summary>
    /// <param name="participants">Codes of the participants.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<OtherRecords> OthersAsync(IReadOnlyCollection<string> participants, CancellationToken cancellation)
    {
        var versions = await LatestAsync(participants, cancellation);
        var known = participants.Where(versions.Contains).Distinct().ToList();
        var kinds = contract.Forms.HistoryKinds;
        return new OtherRecords(
            known.ToDictionary(
                participant => participant,
                participant => versions[participant].Where(version => contract.Forms.IsSent(version.Header.Kind))
                    .Select(version => LatestRecord.Of(version, version.Header.State == V1.RecordState.Active ? contract.Current(version) : null)).ToList()),
            // Every version that is saved adds one: as the statement that saves counts them.
            known.ToDictionary(
                participant => participant,
                participant => versions[participant].Where(version => kinds.Contains(version.Header.Kind)).Sum(version => (long)version.Header.Version)));
    }

    /// <summary>All versions of the records of a kind, oldest first, by record.</summary>
    /// <param name="participants">Codes of the participants.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<Dictionary<string, IReadOnlyList<SavedVersion>>> HistoryAsync(
        IReadOnlyCollection<string> participants, string kind, CancellationToken cancellation) =>
        (await ReadAsync(participants, HistorySql, cancellation, new NpgsqlParameter { Value = kind }))
            .GroupBy(version => version.Header.RecordId)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<SavedVersion>)[.. group.Select(contract.Saved)]);

    /// <summary>
    /// The latest version of every record of participants, and of those about sites, in the order in which the records began; data queries
    /// left out: sent or derived, retracted as well.
    /// </summary>
    /// <param name="codes">Codes of participants or sites.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The versions by code; some of codes that others asked for at the same time may be among them.</returns>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public Task<ILookup<string, StoredVersion>> LatestAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation) =>
        latest.ReadAsync(codes, cancellation);

    private async Task<List<StoredVersion>> ReadAsync(
        IReadOnlyCollection<string> codes, string sql, CancellationToken cancellation, params NpgsqlParameter[] more)
    {
        try
        {
            var sites = codes.Select(code => ParticipantCode.FindSite(code) ?? code).ToArray();
            var participants = codes.Select(code => ParticipantCode.FindSite(code) is null ? "" : code).ToArray();
            await using var session = new SiteSession(await database.OpenAsync(cancellation), sites);
            return await session.ReadVersionsAsync(sql, [new() { Value = sites }, new() { Value = participants }, .. more], cancellation);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }
}

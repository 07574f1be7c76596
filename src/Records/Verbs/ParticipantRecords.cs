using Equecel.Audit;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Npgsql;

namespace Equecel.Records.Verbs;

/// <summary>Reads all records of participants, for checks and derivations that look beyond one form.</summary>
internal sealed class ParticipantRecords(RecordDatabase database, RecordContract contract)
{
    /// <summary>The records that were sent and count, and how far they are.</summary>
    /// <param name="participants">Codes of the participants.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<OtherRecords> OthersAsync(IReadOnlyCollection<string> participants, CancellationToken cancellation)
    {
        var latest = (await LatestAsync(participants, cancellation)).ToLookup(version => version.Header.Participant);
        var kinds = contract.Forms.HistoryKinds;
        return new OtherRecords(
            latest.ToDictionary(
                versions => versions.Key,
                versions => versions.Where(version => version.Header.State == V1.RecordState.Active && contract.Forms.IsSent(version.Header.Kind))
                    .Select(contract.Current).ToList()),
            // Every version that is saved adds one: as the statement that saves counts them.
            latest.ToDictionary(
                versions => versions.Key,
                versions => versions.Where(version => kinds.Contains(version.Header.Kind)).Sum(version => (long)version.Header.Version)));
    }

    /// <summary>All versions of the records of a kind, oldest first, by record.</summary>
    /// <param name="participants">Codes of the participants.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<Dictionary<string, IReadOnlyList<SavedVersion>>> HistoryAsync(
        IReadOnlyCollection<string> participants, string kind, CancellationToken cancellation) =>
        (await ReadAsync(
            participants,
            $"""
            select {StoredVersion.Columns} from unnest($1, $2) as q(site, participant)
            cross join lateral (
                select record_id from records where site = q.site and participant = q.participant and kind = $3 offset 0) r
            cross join lateral (select * from journal where record_id = r.record_id offset 0) j
            order by j.record_id, j.version
            """,
            cancellation,
            new NpgsqlParameter { Value = kind }))
            .GroupBy(version => version.Header.RecordId)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<SavedVersion>)[.. group.Select(contract.Saved)]);

    /// <summary>The latest version of every record of participants, data queries left out: sent or derived, retracted as well.</summary>
    /// <param name="participants">Codes of the participants.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public Task<List<StoredVersion>> LatestAsync(IReadOnlyCollection<string> participants, CancellationToken cancellation) => ReadAsync(
        participants,
        $"""
        select {StoredVersion.Columns} from unnest($1, $2) as q(site, participant)
        cross join lateral (
            select record_id, version from records where site = q.site and participant = q.participant and kind <> 'data_query' offset 0) r
        cross join lateral (select * from journal where record_id = r.record_id and version = r.version limit 1) j
        order by r.record_id
        """,
        cancellation);

    private async Task<List<StoredVersion>> ReadAsync(
        IReadOnlyCollection<string> participants, string sql, CancellationToken cancellation, params NpgsqlParameter[] more)
    {
        try
        {
            var sites = participants.Select(code => ParticipantCode.FindSite(code) ?? "").ToArray();
            await using var session = new SiteSession(await database.OpenAsync(cancellation), sites);
            return await session.ReadVersionsAsync(sql, [new() { Value = sites }, new() { Value = participants.ToArray() }, .. more], cancellation);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }
}

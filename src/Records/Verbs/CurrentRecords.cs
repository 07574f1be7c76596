using Equecel.Audit;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Google.Protobuf;

namespace Equecel.Records.Verbs;

/// <summary>The records that count now, for a service that derives something from its own.</summary>
/// <typeparam name="TRecord">The service's record.</typeparam>
public sealed class CurrentRecords<TRecord>
    where TRecord : class, IMessage<TRecord>
{
    private const int PageSize = 1_000;

    private readonly RecordDatabase database;
    private readonly RecordContract contract;

    internal CurrentRecords(RecordDatabase database, RecordContract contract)
    {
        this.database = database;
        this.contract = contract;
    }

    /// <summary>All forms of participants, and those about sites, in the order in which their records began.</summary>
    /// <param name="codes">Codes of participants or sites.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<List<(FormContext Context, IMessage Form)>> OfAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        try
        {
            var sites = codes.Select(code => ParticipantCode.FindSite(code) ?? code).ToArray();
            await using var session = new SiteSession(await database.OpenAsync(cancellation), sites);
            var versions = await session.ReadVersionsAsync(
                $"""
                select {StoredVersion.Columns} from unnest($1, $2) as q(site, participant)
                cross join lateral (
                    select record_id, version from records
                    where site = q.site and participant = q.participant and state = 1 and kind <> 'data_query' offset 0) r
                cross join lateral (select * from journal where record_id = r.record_id and version = r.version limit 1) j
                order by r.record_id
                """,
                [new() { Value = sites }, new() { Value = codes.Select(code => ParticipantCode.FindSite(code) is null ? "" : code).ToArray() }],
                cancellation);
            var found = new List<(FormContext, IMessage)>(versions.Count);
            foreach (var version in versions)
            {
                var context = new FormContext
                {
                    Participant = version.Header.Participant,
                    Site = version.Header.Site,
                    Origin = version.Header.Origin,
                    Today = default,
                };
                found.Add((context, contract.FormIn(contract.Record(version))));
            }

            return found;
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    /// <summary>The next participants of a site of whom something is saved, ordered by code; none at the end.</summary>
    /// <param name="site">Code of the site.</param>
    /// <param name="after">The participant before; empty for the first.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> ParticipantsAsync(string site, string after, CancellationToken cancellation)
    {
        try
        {
            await using var session = new SiteSession(await database.OpenAsync(cancellation), [site]);
            await using var row = await session.ReadAsync(
                "select distinct participant from records where site = $1 and participant > $2 order by participant limit $3",
                [new() { Value = site }, new() { Value = after }, new() { Value = PageSize }],
                cancellation);
            var participants = new List<string>();
            while (await row.ReadAsync(cancellation))
            {
                participants.Add(row.GetString(0));
            }

            return participants;
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }
}

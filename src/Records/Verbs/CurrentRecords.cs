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
    private readonly ParticipantRecords records;

    internal CurrentRecords(RecordDatabase database, RecordContract contract, ParticipantRecords records) =>
        (this.database, this.contract, this.records) = (database, contract, records);

    /// <summary>All forms of participants, and those about sites, of each in the order in which its records began.</summary>
    /// <param name="codes">Codes of participants or sites.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database cannot be reached.</exception>
    public async Task<List<(FormContext Context, IMessage Form)>> OfAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var latest = await records.LatestAsync(codes, cancellation);
        return [.. codes.Distinct().SelectMany(code => latest[code]).Where(version => version.Header.State == V1.RecordState.Active).Select(Current)];
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

    private (FormContext Context, IMessage Form) Current(StoredVersion version) => (
        new FormContext
        {
            Participant = version.Header.Participant,
            Site = version.Header.Site,
            Origin = version.Header.Origin,
            Today = default,
        },
        contract.FormIn(contract.Record(version)));
}

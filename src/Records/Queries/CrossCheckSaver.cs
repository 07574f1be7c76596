using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Grpc.Core;

namespace Equecel.Records.Queries;

/// <summary>Makes the data queries over several services agree with what Analytics asks, in one transaction.</summary>
/// <remarks>
/// These are questions, never refusals, whatever severity their check has elsewhere: a save cannot wait for another service. A request
/// is compared with what is stored, so that one that comes again changes nothing.
/// </remarks>
internal sealed class CrossCheckSaver(AskedRecords asked, QueryEntries entries, RecordContract contract, JournalWriter writer)
{
    private const int MaxAttempts = 5;

    /// <summary>Opens, closes and reopens what has to be.</summary>
    /// <param name="request">The request, without faults.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="cancellation">Ends it before the save.</param>
    /// <exception cref="RpcException">The database is away, or others kept saving the same queries.</exception>
    public async Task<SetCrossChecksResponse> SetAsync(SetCrossChecksRequest request, Asker asker, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var records = await asked.OfParticipantsAsync([.. request.Participants.Select(one => one.Participant)], cancellation);
            var comparison = CrossCheckComparison.Of(request, records, contract.Forms.IsSent);
            var wanting = entries.Wanting(comparison, records, asker).ToList();
            var refusal = wanting.Count == 0 ? null : (await writer.SaveAsync(wanting)).Select(outcome => outcome.Refusal).FirstOrDefault(refused => refused is not null);
            if (refusal is null)
            {
                return new SetCrossChecksResponse { UnknownRecordIds = { comparison.Unknown.Order() }, OutdatedRecordIds = { comparison.Outdated.Order() } };
            }

            // Somebody answered or closed meanwhile: compare with what is stored now.
            if (attempt == MaxAttempts)
            {
                throw refusal;
            }
        }
    }
}

using Equecel.Enrolment.V1;
using Equecel.Records.Store;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>What the rows of a stream that are only checked would have changed: nothing of it is saved where later rows could read it.</summary>
internal sealed class Foresight
{
    // What was asked by requests, and what there may be one of that they would save: a natural key, or the version of a record.
    private readonly Dictionary<Guid, byte[]> requests = [];
    private readonly HashSet<string> places = [];

    /// <summary>What would be known of participants and sites, by code.</summary>
    public Dictionary<string, ParticipantFacts> Facts { get; } = [];

    /// <summary>What would be saved of participants, for checks that look at their other records.</summary>
    public OtherRecords Others { get; } = new();

    /// <summary>What would become of a row after the earlier ones. Takes note of it.</summary>
    /// <param name="entry">What the row would save.</param>
    /// <param name="outcome">What would become of it by what is saved.</param>
    public SaveOutcome AfterOthers(JournalEntry entry, SaveOutcome outcome)
    {
        var record = entry.RecordId.ToString();
        // The version that it amends would be there by then.
        if (outcome.Refusal?.StatusCode == StatusCode.Aborted && places.Contains($"{record} {entry.Version - 1}"))
        {
            outcome = default;
        }

        if (outcome is not { Stored: null, Refusal: null })
        {
            return outcome;
        }

        if (requests.TryGetValue(entry.RequestId, out var asked))
        {
            return asked.AsSpan().SequenceEqual(entry.RequestHash) ? outcome : new SaveOutcome(null, false, RpcError.RequestIdReused(entry.RequestId.ToString()));
        }

        var place = entry.Version == 1 ? entry.NaturalKey : $"{record} {entry.Version}";
        if (place is not null && !places.Add(place))
        {
            return new SaveOutcome(null, false, entry.Version == 1 ? RpcError.RecordForeseen(place) : RpcError.VersionConflict(record, entry.Version));
        }

        requests.Add(entry.RequestId, entry.RequestHash);
        return outcome;
    }
}

using Equecel.Enrolment.V1;
using Equecel.Records.Store;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>What the rows of a stream that are only checked would have changed: nothing of it is saved where later rows could read it.</summary>
internal sealed class Foresight
{
    // By what there may be one of: a natural key, or the version of a record.
    private readonly Dictionary<string, Guid> requests = [];

    /// <summary>What would be known of participants and sites, by code.</summary>
    public Dictionary<string, ParticipantFacts> Facts { get; } = [];

    /// <summary>What would be saved of participants, for checks that look at their other records.</summary>
    public OtherRecords Others { get; } = new();

    /// <summary>What would become of a row after the earlier ones. Takes note of it.</summary>
    /// <param name="submission">The row.</param>
    /// <param name="outcome">What would become of it by what is saved.</param>
    public SaveOutcome AfterOthers(Submission submission, SaveOutcome outcome)
    {
        var (record, version) = (submission.RecordId.ToString(), submission.Header.ExpectedVersion);
        // The version that it amends would be there by then.
        if (outcome.Refusal?.StatusCode == StatusCode.Aborted && requests.ContainsKey($"{record} {version}"))
        {
            outcome = default;
        }

        var place = submission.Context.New ? submission.NaturalKey : $"{record} {version + 1}";
        if (outcome is not { Stored: null, Refusal: null } || place is null
            || requests.TryAdd(place, submission.RequestId) || requests[place] == submission.RequestId)
        {
            return outcome;
        }

        return new SaveOutcome(null, false, submission.Context.New ? RpcError.RecordForeseen(place) : RpcError.VersionConflict(record, version + 1));
    }
}

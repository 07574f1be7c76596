using Equecel.Analytics.V1;
using static Equecel.Analytics.Endpoints.ScopeChecks;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Comparison;

/// <summary>What can be wrong with a request to compare two moments, whatever the data.</summary>
internal static class ComparisonChecks
{
    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    public static IEnumerable<Violation?> Run(CompareSnapshotsRequest request, DateTimeOffset now) =>
        Moment(request.From, now, "from")
            .Append(Check(request.From is not null and not { MomentCase: DataMoment.MomentOneofCase.None }, "from", "Required. Name the earlier moment: an instant or a snapshot."))
            .Concat(Moment(request.To, now, "to"))
            .Concat(Sites(request.Sites, "sites"))
            .Append(Cutoff(request.DataCutoffDate));

    private static IEnumerable<Violation?> Moment(DataMoment? moment, DateTimeOffset now, string field) => moment?.MomentCase switch
    {
        DataMoment.MomentOneofCase.AsOfTime => [AsOf(moment.AsOfTime, now, $"{field}.as_of_time")],
        DataMoment.MomentOneofCase.Snapshot => [Snapshots.SnapshotChecks.Label(moment.Snapshot, $"{field}.snapshot")
            ?? Check(moment.Snapshot.Length > 0, $"{field}.snapshot", "Give the label of a snapshot.")],
        _ => [],
    };
}

using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.V1;
using Equecel.ServiceDefaults;

namespace Equecel.Analytics.Comparison;

/// <summary>Tells what differs between two moments of the data.</summary>
internal sealed class SnapshotComparison(HistoryReader histories, Moments moments, LiveCohort live, ReaderTurns turns, TimeProvider time)
{
    /// <summary>Compares them.</summary>
    /// <param name="request">Which.</param>
    /// <param name="tell">Is told each participant whose facts differ, in order of their codes, and last the summary.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault; UNAVAILABLE while the cohort is not loaded or the database is down; NOT_FOUND and
    /// FAILED_PRECONDITION as <see cref="Moments.FindAsync"/> has them.
    /// </exception>
    public async Task CompareAsync(CompareSnapshotsRequest request, Func<CompareSnapshotsResponse, CancellationToken, Task> tell, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        ScopeChecks.Demand(ComparisonChecks.Run(request, now));
        _ = live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        using var turn = await turns.TakeAsync(cancellation);
        await AnalyticsDatabase.AskAsync(() => CompareAsync(request, now, tell, cancellation));
    }

    private async Task<ComparisonSummary> CompareAsync(
        CompareSnapshotsRequest request, DateTimeOffset now, Func<CompareSnapshotsResponse, CancellationToken, Task> tell, CancellationToken cancellation)
    {
        var from = await FindAsync(request.From, cancellation) ?? now;
        var to = await FindAsync(request.To ?? new DataMoment { AsOfTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(now) }, cancellation) ?? now;
        if (from > to)
        {
            throw RpcError.InvalidField("from", "The earlier moment comes after the later one. Exchange them.");
        }

        var summary = new ComparisonSummary
        {
            From = (await histories.ReadPositionAsync(from, cancellation)).ToV1(from, now),
            To = (await histories.ReadPositionAsync(to, cancellation)).ToV1(to, now),
        };
        var comparison = new ParticipantComparison(new DerivedFacts(PartialDate.FindDay(request.DataCutoffDate)));
        await foreach (var history in histories.ReadAsync(from, to, request.Sites, cancellation))
        {
            summary.VersionCount += history.ChangeCount;
            summary.ParticipantCount++;
            if (comparison.Compare(history) is { } difference)
            {
                summary.DifferentCount++;
                await tell(new CompareSnapshotsResponse { Participant = difference }, cancellation);
            }
        }

        await tell(new CompareSnapshotsResponse { Summary = summary }, cancellation);
        return summary;
    }

    private Task<DateTimeOffset?> FindAsync(DataMoment moment, CancellationToken cancellation) =>
        moments.FindAsync(moment.AsOfTime?.ToDateTimeOffset(), moment.Snapshot, cancellation);
}

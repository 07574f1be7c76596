using Equecel.Analytics.Ingestion;

namespace Equecel.Analytics.Snapshots;

/// <summary>Finds the instant that a question is as of, and sees to it that everything of it is known.</summary>
internal sealed class Moments(SnapshotStore snapshots, Completeness completeness)
{
    /// <summary>Finds it.</summary>
    /// <param name="asOf">The instant that was asked for; null for none.</param>
    /// <param name="snapshot">Label of the snapshot that was asked for; empty for none.</param>
    /// <param name="cancellation">Ends the wait for what is missing.</param>
    /// <returns>Null when the question is as of now.</returns>
    /// <exception cref="Grpc.Core.RpcException">
    /// NOT_FOUND: no snapshot has the label; FAILED_PRECONDITION: what was saved by the instant is not all there; UNAVAILABLE: a service
    /// that must be asked, or the database, cannot be reached.
    /// </exception>
    public async Task<DateTimeOffset?> FindAsync(DateTimeOffset? asOf, string snapshot, CancellationToken cancellation)
    {
        var instant = snapshot.Length == 0
            ? asOf
            : (await AnalyticsDatabase.AskAsync(() => snapshots.GetAsync(snapshot, cancellation))).AsOfTime.ToDateTimeOffset();
        if (instant is { } known)
        {
            await completeness.DemandAsync(known, cancellation);
        }

        return instant;
    }
}

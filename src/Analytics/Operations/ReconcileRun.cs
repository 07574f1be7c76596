using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Kind = Equecel.Analytics.V1.ReconcileFinding.Types.Kind;

namespace Equecel.Analytics.Operations;

/// <summary>One comparison while it runs.</summary>
/// <param name="Service">The service that is compared with.</param>
/// <param name="Summary">What was found so far.</param>
/// <param name="Tell">Is told each step.</param>
internal sealed record ReconcileRun(CaptureService Service, ReconcileSummary Summary, Func<ReconcileProgress, Task> Tell)
{
    /// <summary>Counts versions that were compared.</summary>
    /// <param name="count">How many.</param>
    public Task ComparedAsync(long count)
    {
        Summary.ComparedCount += count;
        return Tell(new ReconcileProgress { Service = Service.Name, ComparedCount = Summary.ComparedCount });
    }

    /// <summary>Counts a version that is not the same on both sides.</summary>
    /// <param name="kind">How it differs.</param>
    /// <param name="key">The version.</param>
    public Task FoundAsync(Kind kind, (Guid RecordId, int Version) key)
    {
        Summary.FetchedCount += kind == Kind.Fetched ? 1 : 0;
        Summary.MissingCount += kind == Kind.Unusable ? 1 : 0;
        Summary.ExtraCount += kind == Kind.Extra ? 1 : 0;
        Summary.DifferentCount += kind == Kind.Different ? 1 : 0;
        return Tell(new ReconcileProgress
        {
            Service = Service.Name,
            Finding = new ReconcileFinding { Kind = kind, RecordId = $"{key.RecordId}", Version = key.Version },
        });
    }
}

using System.Diagnostics.Metrics;
using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Ingestion;

/// <summary>Counts what was taken in, for the dashboard.</summary>
internal sealed class IngestionMetrics : IDisposable
{
    private readonly Meter meter = new("Equecel.Analytics");
    private readonly Counter<long> taken;
    private readonly Counter<long> repeated;
    private readonly Counter<long> parked;
    private readonly Gauge<double> freshness;

    /// <summary>Makes the instruments.</summary>
    public IngestionMetrics()
    {
        taken = meter.CreateCounter<long>("equecel.analytics.versions.taken", description: "Versions of records that were new.");
        repeated = meter.CreateCounter<long>("equecel.analytics.versions.repeated", description: "Versions that were there already.");
        parked = meter.CreateCounter<long>("equecel.analytics.messages.parked", description: "Messages that could not be used.");
        freshness = meter.CreateGauge<double>("equecel.analytics.freshness", "ms", "From the newest save to its being taken in.");
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="position">The data, with it.</param>
    public void Took(SavedBatch batch, CohortPosition position)
    {
        taken.Add(batch.New.Count);
        repeated.Add(batch.Repeats.Count);
        parked.Add(batch.ParkedCount);
        freshness.Record(position.Freshness.TotalMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}

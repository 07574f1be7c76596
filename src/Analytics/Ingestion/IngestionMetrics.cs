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
    /// <param name="state">The figures that are read when they are asked for.</param>
    /// <param name="time">The clock.</param>
    public IngestionMetrics(IngestionState state, TimeProvider time)
    {
        taken = meter.CreateCounter<long>("equecel.analytics.versions.taken", description: "Versions of records that were new.");
        repeated = meter.CreateCounter<long>("equecel.analytics.versions.repeated", description: "Versions that were there already.");
        parked = meter.CreateCounter<long>("equecel.analytics.messages.parked", description: "Messages that could not be used, since the start.");
        freshness = meter.CreateGauge<double>("equecel.analytics.freshness", "ms", "From the newest save to its being taken in.");

        Observe("queued", "Messages that wait at the broker.", figures => figures.QueuedCount);
        Observe("dead", "Messages that consumers died of.", figures => figures.DeadCount);
        Observe("dead.oldest_age", "How long there have been dead ones, in seconds.", figures => AgeSeconds(figures.OldestDeadTime));
        Observe("parked", "Messages that are parked.", figures => figures.ParkedCount);
        Observe("parked.oldest_age", "How long the oldest has been parked, in seconds.", figures => AgeSeconds(figures.OldestParkedTime));
        Observe("holes", "Records that lack a version below their latest.", figures => figures.HoleCount);
        Observe("cohort.behind", "1 while the cohort in memory lacks something that is stored.", figures => figures.CohortBehindSince is null ? 0 : 1);
        Observe("reconcile.missing", "Versions that the services have and Analytics has not.", figures => Sum(figures, last => last.MissingCount));
        Observe("reconcile.extra", "Versions that Analytics has and the services have not.", figures => Sum(figures, last => last.ExtraCount));
        Observe("reconcile.different", "Versions with different hashes.", figures => Sum(figures, last => last.DifferentCount));

        void Observe(string name, string description, Func<IngestionFigures, long?> read) => meter.CreateObservableGauge(
            $"equecel.analytics.{name}",
            () => read(state.Figures) is { } value ? [new Measurement<long>(value)] : Array.Empty<Measurement<long>>(),
            description: description);

        long AgeSeconds(DateTimeOffset? since) => since is { } start ? (long)(time.GetUtcNow() - start).TotalSeconds : 0;
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

    private static long Sum(IngestionFigures figures, Func<V1.ReconcileSummary, long> count) =>
        figures.Services.Values.Sum(service => service.LastReconcile is { } last ? count(last) : 0);
}

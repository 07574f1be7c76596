using System.Diagnostics;
using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Benchmarks.Report;

namespace Equecel.Benchmarks.Figures;

/// <summary>What it costs the cohort in memory to take in one change, for small and large cohorts.</summary>
internal sealed class CohortEventFigure() : Figure("event", "cost of one change to a cohort of 1,000 and of 1,000,000 participants, in process")
{
    private const int Small = 1_000;
    private const int Large = 1_000_000;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var (small, large) = (new MadeCohort(Small), new MadeCohort(Large));
        Measure(small, bench.Plan.CohortEventCount);
        var (ofSmall, ofLarge) = (new List<double>(), new List<double>());
        for (var i = 0; i < Math.Max(3, bench.Plan.Repetitions); i++)
        {
            ofSmall.Add(Measure(small, bench.Plan.CohortEventCount));
            ofLarge.Add(Measure(large, bench.Plan.CohortEventCount));
        }

        var (least, most) = (Spread.Of(ofSmall), Spread.Of(ofLarge));
        return Task.FromResult<IReadOnlyList<ResultRow>>(
        [
            new("one change of the cohort, 1e3 participants", $"{least.Text("0")} ns"),
            new("one change of the cohort, 1e6 participants", $"{most.Text("0")} ns", "1.3 times",
                string.Create(CultureInfo.InvariantCulture, $"{most.Median / least.Median:0.00} times; in memory alone, participants in no order")),
        ]);
    }

    private static double Measure(MadeCohort cohort, int count)
    {
        CohortChange[] changes = cohort.MakeChanges(count);
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        foreach (ref readonly var change in changes.AsSpan())
        {
            cohort.Table.Apply(change);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }
}

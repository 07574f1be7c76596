using System.Diagnostics;
using System.Globalization;
using Equecel.Analytics.Statistics;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;

namespace Equecel.Benchmarks.Figures;

/// <summary>The product-limit estimate with its intervals, in this process.</summary>
internal sealed class KaplanMeierFigure() : Figure("kaplan-meier", "product-limit curve with intervals in process, by counting per day and by sorting, against R")
{
    private const int LongestDays = 3_650;

    // survfit with its default interval, of R's package survival on the same two cores; see design.md, section 11.
    private static readonly (int Subjects, double? MillisecondsOfR)[] Sizes = [(1_000, null), (10_000, 10), (100_000, 88), (1_000_000, 990)];

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var rows = new List<ResultRow>();
        foreach (var (subjects, ofR) in Sizes)
        {
            var (days, events) = Cohort(subjects);
            double[] times = [.. days.Select(day => (double)day)];
            rows.Add(Row($"Kaplan-Meier of {subjects:0e0}, counted per day", () => EventTable.FromDays(days, events), ofR, share: 100, bench));
            rows.Add(Row($"Kaplan-Meier of {subjects:0e0}, sorted", () => EventTable.FromTimes(times, events), ofR, share: 10, bench));
        }

        return Task.FromResult<IReadOnlyList<ResultRow>>(rows);
    }

    private static ResultRow Row(string figure, Func<EventTable> count, double? ofR, int share, Bench bench)
    {
        var repetitions = 10 * bench.Plan.Repetitions;
        Measure(count, 20);
        var time = Spread.Of(Measure(count, repetitions));
        return new ResultRow(
            figure,
            $"{time.Text("0.000")} ms",
            ofR is null ? "" : Text($"{ofR / share:0.00} ms"),
            ofR is null ? "" : Text($"{time.Median / ofR:0.0000} of R's {ofR} ms"));
    }

    private static List<double> Measure(Func<EventTable> count, int repetitions)
    {
        var milliseconds = new List<double>(repetitions);
        for (var i = 0; i < repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var curve = KaplanMeier.Estimate(count());
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            GC.KeepAlive(curve);
        }

        return milliseconds;
    }

    // Exponential times, cut off after ten years; three in five are events.
    private static (int[] Days, bool[] Events) Cohort(int subjects)
    {
        var dice = new Dice(1);
        var (days, events) = (new int[subjects], new bool[subjects]);
        for (var i = 0; i < subjects; i++)
        {
            days[i] = 1 + Math.Min(LongestDays, (int)(-900 * Math.Log(1 - dice.NextShare())));
            events[i] = days[i] <= LongestDays && dice.Next(5) < 3;
        }

        return (days, events);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

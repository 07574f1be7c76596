using System.Diagnostics;
using System.Globalization;
using Equecel.Analytics.Statistics;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>The product-limit estimate with its intervals, in this process, beside R on the same arrays.</summary>
internal sealed class KaplanMeierFigure() : Figure("kaplan-meier", "product-limit curve with intervals in process, by counting per day and by sorting, against R where it is installed")
{
    private const int LongestDays = 3_650;

    // What stands in for R where it is not installed: its time on two cores of another day; see design.md, section 11.
    private static readonly (int Subjects, double? DocumentedOfR)[] Sizes = [(1_000, null), (10_000, 10), (100_000, 88), (1_000_000, 990)];

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var sizes = Sizes.Where(size => size.Subjects <= bench.Plan.LargestCurve).ToList();
        var cohorts = sizes.ConvertAll(size => Cohort(size.Subjects));
        Progress.Say("  R");
        var curves = await RSurvival.FindCurvesAsync(cohorts, 2 + (3 * bench.Plan.Repetitions), cancellation);

        var rows = new List<ResultRow>();
        if (curves is null)
        {
            rows.Add(new("Kaplan-Meier by R", "not measured", "", $"R is not installed: Debian package {RSurvival.Package}; its documented time is taken"));
        }

        for (var i = 0; i < sizes.Count; i++)
        {
            var (size, (days, events), ofR) = (sizes[i].Subjects, cohorts[i], curves?[i]);
            double[] times = [.. days.Select(day => (double)day)];
            if (ofR is not null)
            {
                var difference = Difference(KaplanMeier.Estimate(EventTable.FromDays(days, events)), ofR);
                rows.Add(new($"Kaplan-Meier of {size:0e0}, R's survfit", $"{Spread.Of(ofR.Milliseconds).Text("0.000")} ms", "", Text($"largest difference of the survival {difference:G2}")));
            }

            var (reference, of) = ofR is null ? (sizes[i].DocumentedOfR, "R's documented") : (Spread.Of(ofR.Milliseconds).Median, "R's");
            rows.Add(Row($"Kaplan-Meier of {size:0e0}, counted per day", () => EventTable.FromDays(days, events), reference, of, size, share: 100, bench));
            rows.Add(Row($"Kaplan-Meier of {size:0e0}, sorted", () => EventTable.FromTimes(times, events), reference, of, size, share: 10, bench));
        }

        return rows;
    }

    private static ResultRow Row(string figure, Func<EventTable> count, double? reference, string of, int subjects, int share, Bench bench)
    {
        Measure(count, 20);
        var time = Spread.Of(Measure(count, 10 * bench.Plan.Repetitions));
        return new ResultRow(
            figure,
            $"{time.Text("0.000")} ms",
            subjects < 10_000 ? "" : Text($"{1.0 / share:0.00} of R's"),
            reference is null ? "" : Text($"{time.Median / reference:0.0000} of {of} {reference:0.0} ms"));
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

    /// <exception cref="InvalidOperationException">The curves have other times.</exception>
    private static double Difference(SurvivalCurve curve, RCurve ofR) => curve.Rows.Select(row => row.Time).SequenceEqual(ofR.Times)
        ? curve.Rows.Zip(ofR.Survival, (row, survival) => Math.Abs(row.Survival - survival)).Max()
        : throw new InvalidOperationException($"R's curve has other times: {ofR.Times.Count}, not {curve.Rows.Count}.");

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

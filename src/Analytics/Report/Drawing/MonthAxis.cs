namespace Equecel.Analytics.Report.Drawing;

/// <summary>An axis of months since infusion.</summary>
/// <param name="Ticks">Months that are marked, from 0 up.</param>
internal sealed record MonthAxis(IReadOnlyList<int> Ticks)
{
    private const int LeastMonths = 3;

    private static readonly int[] Steps = [1, 3, 6, 12, 24];

    /// <summary>Days that it reaches to.</summary>
    public double Days => Ticks[^1] * ReportQuestion.DaysPerMonth;

    /// <summary>Where a month is among those at which curves are read.</summary>
    /// <param name="month">The month.</param>
    public static int Position(int month) => Enumerable.Range(0, ReportQuestion.Months.Count).First(i => ReportQuestion.Months[i] == month);

    /// <summary>Makes one, whose marks are among the months at which curves are read.</summary>
    /// <param name="lastDay">Day that it reaches at least.</param>
    /// <param name="most">Marks at most.</param>
    public static MonthAxis To(double lastDay, int most)
    {
        var months = Math.Clamp((int)Math.Ceiling(lastDay / ReportQuestion.DaysPerMonth), LeastMonths, ReportQuestion.Months[^1]);
        var step = Steps.FirstOrDefault(step => (step > 1 || months <= 12) && Count(step) <= most, Steps[^1]);
        return new MonthAxis([.. Enumerable.Range(0, Count(step)).Select(i => i * step)]);

        int Count(int step) => ((months + step - 1) / step) + 1;
    }
}

namespace Equecel.Analytics.Report.Drawing;

/// <summary>An axis of months since infusion.</summary>
/// <param name="Ticks">Months that are marked, from 0 up.</param>
internal sealed record MonthAxis(IReadOnlyList<int> Ticks)
{
    private const int LeastMonths = 3;

    private static readonly int[] Steps = [1, 3, 6, 12, 24, 60, 120];

    /// <summary>Days that it reaches to.</summary>
    public double Days => Ticks[^1] * ReportQuestion.DaysPerMonth;

    /// <summary>Where a month is among those at which curves are read.</summary>
    /// <param name="month">The month.</param>
    public static int Position(int month) => Enumerable.Range(0, ReportQuestion.Months.Count).First(i => ReportQuestion.Months[i] == month);

    /// <summary>Makes one, whose marks are among the months at which curves are read: it ends with the last of those.</summary>
    /// <param name="lastDay">Day that it reaches at least, if curves are read as long.</param>
    /// <param name="most">Marks at most.</param>
    public static MonthAxis To(double lastDay, int most) => UpTo(Math.Min(lastDay, ReportQuestion.Months[^1] * ReportQuestion.DaysPerMonth), most);

    /// <summary>Makes one of any length.</summary>
    /// <param name="lastDay">Day that it reaches at least.</param>
    /// <param name="most">Marks at most.</param>
    public static MonthAxis UpTo(double lastDay, int most)
    {
        var months = Math.Max(LeastMonths, (int)Math.Ceiling(lastDay / ReportQuestion.DaysPerMonth));
        var step = Steps.FirstOrDefault(step => (step > 1 || months <= 12) && Count(step) <= most, Steps[^1]);
        return new MonthAxis([.. Enumerable.Range(0, Count(step)).Select(i => i * step)]);

        int Count(int step) => ((months + step - 1) / step) + 1;
    }
}

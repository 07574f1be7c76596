using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Endpoints;

/// <summary>The participants of a curve, or of one of its groups, counted: their times by day, what ended them, and how long they were followed.</summary>
internal sealed class StratumCounts
{
    private const double SixMonths = 182.625;

    // Of each reason, the times that ended before six months and those that ended later.
    private readonly int[] ends = new int[2 * Enum.GetValues<EndReason>().Length];
    private DayCounts? followUp;

    /// <summary>Their times in the curve.</summary>
    public DayCounts Times { get; } = new();

    /// <summary>Their overall survival, by which follow-up is told whatever the curve is of.</summary>
    /// <remarks>Survival methods, section 6.</remarks>
    public DayCounts FollowUp => followUp ?? Times;

    /// <summary>What ended their times, of the reasons that there were: how many, and how many of these before six months (182.625 days).</summary>
    /// <remarks>Survival methods, section 12.5.</remarks>
    public IEnumerable<(EndReason Reason, int Count, int EarlyCount)> Ends => Enum.GetValues<EndReason>()
        .Select(reason => (reason, ends[2 * (int)reason] + ends[(2 * (int)reason) + 1], ends[2 * (int)reason]))
        .Where(end => end.Item2 > 0);

    /// <summary>Counts a participant, always of the same curve.</summary>
    /// <param name="time">The time in the curve.</param>
    /// <param name="survival">The overall survival; null when the curve is of it.</param>
    public void Add(EndedTime time, EndedTime? survival)
    {
        Times.Add(time.Days, time.Outcome);
        ends[(2 * (int)time.Reason) + (time.Days < SixMonths ? 0 : 1)]++;
        if (survival is { } lived)
        {
            (followUp ??= new DayCounts()).Add(lived.Days, lived.Outcome);
        }
    }
}

using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Endpoints;

/// <summary>The participants of a curve, or of one of its groups, counted per day: their times in it, and how long they were followed.</summary>
internal sealed class StratumCounts
{
    private DayCounts? followUp;

    /// <summary>Their times in the curve.</summary>
    public DayCounts Times { get; } = new();

    /// <summary>Their overall survival, by which follow-up is told whatever the curve is of.</summary>
    /// <remarks>Survival methods, section 6.</remarks>
    public DayCounts FollowUp => followUp ?? Times;

    /// <summary>Counts a participant, always of the same curve.</summary>
    /// <param name="time">The time in the curve.</param>
    /// <param name="survival">The overall survival; null when the curve is of it.</param>
    public void Add((int Days, CompetingOutcome Outcome) time, (int Days, CompetingOutcome Outcome)? survival)
    {
        Times.Add(time.Days, time.Outcome);
        if (survival is { } lived)
        {
            (followUp ??= new DayCounts()).Add(lived.Days, lived.Outcome);
        }
    }
}

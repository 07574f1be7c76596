namespace Equecel.Analytics.Derivation;

/// <summary>When the disease should be assessed.</summary>
/// <param name="Visits">Scheduled day after the infusion, and by how many days a visit may be early or late.</param>
internal sealed record AssessmentSchedule(IReadOnlyList<(int Day, int WindowDays)> Visits)
{
    private const int Weeks4 = 28;
    private const int Window = 7;

    /// <summary>Every 4 weeks to week 24, then every 8 weeks to week 136, each within a week.</summary>
    /// <remarks>Rule set RWS-1: survival methods, section 12.9.</remarks>
    public static AssessmentSchedule Study { get; } = new(
    [
        .. Enumerable.Range(1, 6).Select(visit => (visit * Weeks4, Window)),
        .. Enumerable.Range(4, 14).Select(visit => (visit * 2 * Weeks4, Window)),
    ]);

    /// <summary>How many visits were due and missed between two days, those that could still fall on them left out.</summary>
    /// <param name="after">Day of the last assessment, after the infusion; 0 without any.</param>
    /// <param name="before">Day of what came next.</param>
    public int MissedBetween(int after, int before) =>
        Visits.Count(visit => visit.Day - visit.WindowDays > after && visit.Day + visit.WindowDays < before);
}

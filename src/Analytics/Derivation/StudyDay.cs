namespace Equecel.Analytics.Derivation;

/// <summary>The day of the study.</summary>
internal static class StudyDay
{
    /// <summary>Days from the origin: it is day 1, and the day before it is day -1; there is no day 0.</summary>
    /// <param name="date">A date whose day is known.</param>
    /// <param name="origin">The origin, such as the infusion.</param>
    /// <remarks>Source: CDISC ADaM (<c>ADY</c>, and <c>AVAL</c> from the origin on); rule set RWS-1, convention A.</remarks>
    public static int Of(DateOnly date, DateOnly origin)
    {
        var days = date.DayNumber - origin.DayNumber;
        return days >= 0 ? days + 1 : days;
    }
}

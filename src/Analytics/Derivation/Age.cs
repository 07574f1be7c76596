using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Derivation;

/// <summary>Age.</summary>
internal static class Age
{
    /// <summary>Completed years; where only the month of birth is known, the birthday counts as reached in that month.</summary>
    /// <param name="birth">Date or month of birth.</param>
    /// <param name="on">The day, not before birth.</param>
    public static int Years(PartialDate birth, DateOnly on)
    {
        var birthday = birth.IsMonth ? 1 : birth.First.Day;
        var isReached = (on.Month, on.Day).CompareTo((birth.First.Month, birthday)) >= 0;
        return on.Year - birth.First.Year - (isReached ? 0 : 1);
    }
}

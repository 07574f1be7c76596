using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Derivation;

/// <summary>Date of the onset of an event, completed where its day is not known.</summary>
/// <param name="Date">The date.</param>
/// <param name="IsCompleted">Whether the day was not known. Such a date has no study day.</param>
/// <remarks>Rule set RWS-1: survival methods, section 12.8; clinical domain reference, section 3.7.</remarks>
internal readonly record struct OnsetDate(DateOnly Date, bool IsCompleted)
{
    /// <summary>Completes a date: in the month of the infusion the infusion's, so that it is not before, unless all was over by then; else the month's first.</summary>
    /// <param name="onset">The date as it was sent.</param>
    /// <param name="infusion">Date of infusion.</param>
    /// <param name="ended">The day of the end; null when not known.</param>
    public static OnsetDate Complete(PartialDate onset, DateOnly infusion, DateOnly? ended = null)
    {
        var isMonthOfInfusion = onset.IsMonth && (onset.First.Year, onset.First.Month) == (infusion.Year, infusion.Month);
        return new OnsetDate(isMonthOfInfusion && !(ended < infusion) ? infusion : onset.First, onset.IsMonth);
    }
}

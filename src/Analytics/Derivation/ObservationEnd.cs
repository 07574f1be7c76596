namespace Equecel.Analytics.Derivation;

/// <summary>The last day on which events of a participant would be known.</summary>
/// <remarks>Rule set RWS-1: analysis plan, exposure; survival methods, section 12.7.</remarks>
internal static class ObservationEnd
{
    /// <summary>The earliest of death, last contact, the window's last day and the cut-off; a death is the last contact with the dead.</summary>
    /// <param name="course">The participant; without any contact, observed on the infusion day alone.</param>
    /// <param name="windowDays">Last day after the infusion that counts.</param>
    public static DateOnly Of(ClinicalCourse course, int windowDays)
    {
        var end = course.DeathDate ?? course.LastAliveDate ?? course.InfusionDate;
        var window = course.InfusionDate.AddDays(windowDays);
        end = end < window ? end : window;
        end = end > course.Cutoff ? course.Cutoff.Value : end;
        return end > course.InfusionDate ? end : course.InfusionDate;
    }
}

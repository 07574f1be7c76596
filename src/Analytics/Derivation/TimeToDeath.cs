namespace Equecel.Analytics.Derivation;

/// <summary>Overall survival of one participant: from the infusion to death from any cause.</summary>
/// <remarks>Rule set RWS-1: survival methods, sections 12.1 and 12.6. New therapy does not censor.</remarks>
internal static class TimeToDeath
{
    /// <summary>Derives it.</summary>
    /// <param name="course">The participant.</param>
    public static TimeToEvent Derive(ClinicalCourse course) =>
        Derive(course.InfusionDate, course.DeathDate, course.LastAliveDate, course.Cutoff);

    /// <summary>Derives it from dates alone.</summary>
    /// <param name="infusion">Date of the infusion, not after the cut-off.</param>
    /// <param name="death">Date of death, not before the infusion; null while alive.</param>
    /// <param name="lastAlive">Last date known alive; null without any.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    /// <returns>
    /// Without a death by the cut-off, censored at the last date known alive but not after the cut-off; a contact or a death after it
    /// proves life at it. Without follow-up, censored on the infusion day.
    /// </returns>
    public static TimeToEvent Derive(DateOnly infusion, DateOnly? death, DateOnly? lastAlive, DateOnly? cutoff)
    {
        if (death is { } date && !(date > cutoff))
        {
            return TimeToEvent.Event(date, infusion, EndReason.Death);
        }

        var seen = death ?? lastAlive ?? infusion;
        if (seen >= cutoff)
        {
            return TimeToEvent.Censored(cutoff.Value, infusion, EndReason.DataCutoff);
        }

        return TimeToEvent.Censored(seen > infusion ? seen : infusion, infusion, EndReason.LastKnownAlive);
    }
}

namespace Equecel.Analytics.Derivation;

/// <summary>Time from the infusion to progression or death from any cause, whichever comes first.</summary>
/// <remarks>Rule set RWS-1: survival methods, section 12.5. Source: Kumar et al., Lancet Oncology 17:e328, 2016.</remarks>
internal static class ProgressionFreeSurvival
{
    private const int TooManyMissed = 2;

    /// <summary>Derives it.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="censoring">The sensitivity analysis; new therapy comes before missed assessments.</param>
    /// <param name="schedule">When assessments were due, for those that were missed; the study's when left out.</param>
    /// <returns>Without an event, censored at the last adequate assessment, and without that on the infusion day.</returns>
    public static TimeToEvent Derive(
        ClinicalCourse course,
        PfsCensoring censoring = PfsCensoring.None,
        AssessmentSchedule? schedule = null)
    {
        var origin = course.InfusionDate;
        var isProgression = course.Progression is { } progression && !(course.DeathByCutoff < progression);
        var end = isProgression ? course.Progression : course.DeathByCutoff;

        // Progression on the day on which the new therapy starts is an event.
        if (censoring.HasFlag(PfsCensoring.NewTherapy) && course.NewTherapyDate is { } therapy && !(therapy >= end))
        {
            return TimeToEvent.Censored(course.LastAdequateBy(therapy), origin, EndReason.NewTherapy);
        }

        if (end is not { } date)
        {
            return course.LastAdequate is { } last
                ? TimeToEvent.Censored(last, origin, EndReason.LastAssessment)
                : TimeToEvent.Censored(null, origin, EndReason.NoAssessment);
        }

        if (censoring.HasFlag(PfsCensoring.MissedAssessments))
        {
            // An assessment on the day of death closes the gap; a progression's own assessment does not.
            var seen = course.LastAdequateBy(isProgression ? date.AddDays(-1) : date);
            var missed = (schedule ?? AssessmentSchedule.Study).MissedBetween(DaysAfter(seen ?? origin), DaysAfter(date));
            if (missed >= TooManyMissed)
            {
                return TimeToEvent.Censored(seen, origin, EndReason.MissedAssessments);
            }
        }

        return TimeToEvent.Event(date, origin, isProgression ? EndReason.Progression : EndReason.Death);

        int DaysAfter(DateOnly day) => day.DayNumber - origin.DayNumber;
    }
}

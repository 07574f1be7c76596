namespace Equecel.Analytics.Derivation;

/// <summary>Time from the infusion to a response, which death, progression and new therapy preclude.</summary>
/// <remarks>Rule set RWS-1: analysis plan; survival methods, section 12.4. Among responders alone, take those with the event.</remarks>
internal static class TimeToResponse
{
    /// <summary>Derives it.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="atLeast">The response: partial for the time to response, complete for that to complete response.</param>
    /// <param name="rule">Recorded, or confirmed; a confirmed response dates from the first of its two assessments.</param>
    /// <returns>Without any of these, censored at the last adequate assessment, and without that on the infusion day.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rule is neither.</exception>
    public static TimeToEvent Derive(ClinicalCourse course, ResponseCategory atLeast, ResponseRule rule = ResponseRule.AsAssessed)
    {
        var (levels, progression) = rule switch
        {
            ResponseRule.AsAssessed => (ResponseLevels.Recorded(course), course.FirstRecordedProgression),
            ResponseRule.Confirmed => (ResponseLevels.Confirmed(course), course.Progression),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "The time to response is that of recorded or confirmed responses."),
        };

        foreach (var (date, level) in levels)
        {
            if (level >= atLeast && !(course.DeathByCutoff < date))
            {
                return TimeToEvent.Event(date, course.InfusionDate, EndReason.Response);
            }
        }

        var first = new[]
        {
            (Date: progression, Reason: EndReason.Progression),
            (Date: course.DeathByCutoff, Reason: EndReason.Death),
            (Date: course.NewTherapyDate, Reason: EndReason.NewTherapy),
        }.Where(end => end.Date is not null).OrderBy(end => end.Date).FirstOrDefault();
        return first.Date is { } precluded
            ? TimeToEvent.Competing(precluded, course.InfusionDate, first.Reason)
            : TimeToEvent.Censored(
                course.LastAdequate,
                course.InfusionDate,
                course.LastAdequate is null ? EndReason.NoAssessment : EndReason.LastAssessment);
    }
}

namespace Equecel.Analytics.Derivation;

/// <summary>Time from a responder's first response to progression or death, censored as progression-free survival is.</summary>
/// <remarks>Clinical domain reference, section 3.6.</remarks>
internal static class DurationOfResponse
{
    /// <summary>Derives it.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="rule">Whether the response is the recorded or the confirmed one.</param>
    /// <param name="censoring">The sensitivity analysis.</param>
    /// <param name="schedule">When assessments were due; the study's when left out.</param>
    /// <returns>Days from the response, its day being day 1; null without a response.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rule is neither.</exception>
    public static TimeToEvent? Derive(
        ClinicalCourse course,
        ResponseRule rule = ResponseRule.AsAssessed,
        PfsCensoring censoring = PfsCensoring.None,
        AssessmentSchedule? schedule = null)
    {
        var response = TimeToResponse.Derive(course, ResponseCategory.PartialResponse, rule);
        if (!response.IsEvent)
        {
            return null;
        }

        var end = ProgressionFreeSurvival.Derive(course, censoring, schedule);
        return end with { Days = StudyDay.Of(end.Date, response.Date) };
    }
}

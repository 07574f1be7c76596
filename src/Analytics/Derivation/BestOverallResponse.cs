namespace Equecel.Analytics.Derivation;

/// <summary>The best response of one participant.</summary>
/// <param name="Category">The category; not evaluable without an adequate assessment, and then a non-responder.</param>
/// <param name="Date">When it was reached first; null without an adequate assessment.</param>
/// <remarks>Rule set RWS-1: analysis plan; survival methods, section 12.4.</remarks>
internal readonly record struct BestOverallResponse(ResponseCategory Category, DateOnly? Date)
{
    /// <summary>The window of the primary analysis: 24 weeks.</summary>
    public const int WindowDays = 168;

    /// <summary>Whether the participant is a responder.</summary>
    public bool IsResponse => Category >= ResponseCategory.PartialResponse;

    /// <summary>Whether the response is complete or better.</summary>
    public bool IsComplete => Category >= ResponseCategory.CompleteResponse;

    /// <summary>Derives it.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="rule">Whose word counts.</param>
    /// <param name="windowDays">
    /// Last day after the infusion that counts, with the tolerance of the last visit; null for all follow-up. What confirms a response
    /// may be later.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The rule is unknown.</exception>
    public static BestOverallResponse Derive(ClinicalCourse course, ResponseRule rule = ResponseRule.AsAssessed, int? windowDays = WindowDays)
    {
        var best = new BestOverallResponse(ResponseCategory.NotEvaluable, null);
        foreach (var (date, level) in Levels(course, rule, windowDays))
        {
            best = level > best.Category ? new BestOverallResponse(level, date) : best;
        }

        return best;
    }

    /// <summary>The responses that the best one is of, in order of time.</summary>
    /// <param name="course">The participant.</param>
    /// <param name="rule">Whose word counts.</param>
    /// <param name="windowDays">As for <see cref="Derive"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rule is unknown.</exception>
    public static IEnumerable<(DateOnly Date, ResponseCategory Level)> Levels(ClinicalCourse course, ResponseRule rule, int? windowDays)
    {
        var last = windowDays is { } days ? course.InfusionDate.AddDays(days) : DateOnly.MaxValue;
        var levels = rule switch
        {
            ResponseRule.AsAssessed => ResponseLevels.Recorded(course),
            ResponseRule.Confirmed => ResponseLevels.Confirmed(course).Concat(Progression(course)),
            ResponseRule.Computed => ComputedLevels(course),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such rule."),
        };
        return levels.Where(one => one.Date <= last);
    }

    private static IEnumerable<(DateOnly Date, ResponseCategory Level)> Progression(ClinicalCourse course) =>
        course.Progression is { } date ? [(date, ResponseCategory.ProgressiveDisease)] : [];

    // The algorithm has seen to progression itself: from there on it confirms nothing better.
    private static IEnumerable<(DateOnly Date, ResponseCategory Level)> ComputedLevels(ClinicalCourse course) =>
        course.Computed
            .TakeWhile(assessment => !(assessment.Date > course.NewTherapyDate))
            .Select(assessment => (assessment.Date, assessment.ComputedConfirmed!.Value));
}

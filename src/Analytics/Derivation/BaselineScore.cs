namespace Equecel.Analytics.Derivation;

/// <summary>Finds the baseline of a score of quality of life.</summary>
/// <remarks>
/// Rule set RWS-1: analysis plan, quality of life; ADaM: the last value that is not missing before the infusion. Questionnaires have no
/// time of day, and one of the day of infusion counts as before it.
/// </remarks>
internal static class BaselineScore
{
    /// <summary>Finds it.</summary>
    /// <typeparam name="T">A score that there is.</typeparam>
    /// <param name="scores">The participant's, of one score of one questionnaire; of those of one day the later in this order counts.</param>
    /// <param name="dateOf">Day of a score; null when not known.</param>
    /// <param name="infusion">Date of infusion; null before it.</param>
    /// <returns>Null without one.</returns>
    public static T? Find<T>(IEnumerable<T> scores, Func<T, DateOnly?> dateOf, DateOnly? infusion)
        where T : class => scores.Where(score => dateOf(score) <= infusion).OrderBy(dateOf).LastOrDefault();
}

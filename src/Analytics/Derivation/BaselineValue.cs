namespace Equecel.Analytics.Derivation;

/// <summary>Finds the baseline of a score of quality of life or of a blood count.</summary>
/// <remarks>
/// Rule set RWS-1: analysis plan, quality of life; ADaM: the last value that is not missing before the infusion. Questionnaires and blood
/// samples have no time of day, and one of the day of infusion counts as before it.
/// </remarks>
internal static class BaselineValue
{
    /// <summary>Finds it.</summary>
    /// <typeparam name="T">A value that there is.</typeparam>
    /// <param name="values">The participant's, of one score of one questionnaire or of one blood count; of those of one day the later in this order counts.</param>
    /// <param name="dateOf">Day of a value; null when not known.</param>
    /// <param name="infusion">Date of infusion; null before it.</param>
    /// <returns>Null without one.</returns>
    public static T? Find<T>(IEnumerable<T> values, Func<T, DateOnly?> dateOf, DateOnly? infusion)
        where T : class => values.Where(value => dateOf(value) <= infusion).OrderBy(dateOf).LastOrDefault();
}

namespace Equecel.Analytics.Derivation;

/// <summary>Which level of response counts on which day.</summary>
/// <remarks>Rule set RWS-1: survival methods, section 12.4.</remarks>
internal static class ResponseLevels
{
    /// <summary>The levels as the investigator recorded them: up to and with the first recorded progression, until new therapy starts.</summary>
    /// <param name="course">The participant.</param>
    /// <returns>In order of time; a progression among them is the last.</returns>
    public static IEnumerable<(DateOnly Date, ResponseCategory Level)> Recorded(ClinicalCourse course)
    {
        var end = course.FirstRecordedProgression;
        return course.Adequate
            .Where(day => !(day.Date > end) && !(day.Date > course.NewTherapyDate))
            .Select(day => (day.Date, day.Highest));
    }

    /// <summary>
    /// The levels that the next assessment confirms: the lower of the two, stable disease where no assessment or a progression that
    /// did not stand follows. Before progression, until new therapy starts; the confirming assessment as well.
    /// </summary>
    /// <param name="course">The participant.</param>
    /// <returns>In order of time, each dated as the first of its two assessments. A progression that did not stand has no level.</returns>
    public static IEnumerable<(DateOnly Date, ResponseCategory Level)> Confirmed(ClinicalCourse course)
    {
        var end = course.Progression;
        AssessedDay[] used = [.. course.Adequate.Where(day => !(day.Date >= end) && !(day.Date > course.NewTherapyDate))];
        for (var i = 0; i < used.Length; i++)
        {
            if (!used[i].IsProgression)
            {
                var next = i + 1 < used.Length && !used[i + 1].IsProgression ? used[i + 1].Lowest : ResponseCategory.StableDisease;
                yield return (used[i].Date, used[i].Lowest < next ? used[i].Lowest : next);
            }
        }
    }
}

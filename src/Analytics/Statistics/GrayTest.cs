namespace Equecel.Analytics.Statistics;

/// <summary>Gray's test whether the cumulative incidence of an event is the same in all groups. Agrees with R's <c>cmprsk::cuminc</c>.</summary>
/// <param name="DegreesOfFreedom">Groups less one.</param>
/// <param name="ChiSquare">The statistic.</param>
/// <param name="PValue">Probability of as large a statistic if the incidence is the same.</param>
/// <remarks>
/// Source: Gray, Annals of Statistics 16:1141, 1988, with weight 1. In a single-arm study it describes subgroups; it is exploratory.
/// </remarks>
internal readonly record struct GrayTest(int DegreesOfFreedom, double ChiSquare, double PValue)
{
    /// <summary>Compares groups by the incidence of the event of interest.</summary>
    /// <param name="groups">The groups, counted in the same unit of time; those without subjects are left out.</param>
    /// <returns>Not estimable of fewer than two groups, and when their difference has no variance.</returns>
    public static Estimable<GrayTest> Test(params ReadOnlySpan<CompetingTable> groups)
    {
        var compared = new List<CompetingTable>();
        foreach (var group in groups)
        {
            if (group.SubjectCount > 0)
            {
                compared.Add(group);
            }
        }

        if (compared.Count < 2)
        {
            return NotEstimable.NothingToCompare;
        }

        var sums = new GraySums([.. compared]);
        sums.Run();
        var statistic = QuadraticForm.Find([.. Enumerable.Range(0, compared.Count - 1)], k => sums.Scores[k], sums.Variance());
        return statistic is { } value && double.IsFinite(value)
            ? new GrayTest(compared.Count - 1, value, Statistics.ChiSquare.UpperTail(value, compared.Count - 1))
            : NotEstimable.NoVariation;
    }
}

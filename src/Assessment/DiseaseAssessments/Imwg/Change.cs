namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Changes in percent, compared exactly: without dividing and without rounding.</summary>
internal static class Change
{
    /// <summary>Whether a value fell by a share of its baseline, or more.</summary>
    /// <param name="baseline">The baseline, above 0.</param>
    /// <param name="now">The value.</param>
    /// <param name="percent">The share.</param>
    public static bool HasFallen(decimal baseline, decimal now, decimal percent) => (baseline - now) * 100 >= percent * baseline;

    /// <summary>Whether a value fell by more than a share of its baseline.</summary>
    /// <param name="baseline">The baseline, above 0.</param>
    /// <param name="now">The value.</param>
    /// <param name="percent">The share.</param>
    public static bool HasFallenByMoreThan(decimal baseline, decimal now, decimal percent) => (baseline - now) * 100 > percent * baseline;

    /// <summary>Whether a value rose by a share of the lowest one, or more. Any rise from zero does.</summary>
    /// <param name="lowest">The lowest value.</param>
    /// <param name="now">The value.</param>
    /// <param name="percent">The share.</param>
    public static bool HasRisen(decimal lowest, decimal now, decimal percent) => now > lowest && (now - lowest) * 100 >= percent * lowest;
}

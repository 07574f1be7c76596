namespace Equecel.Analytics.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    /// <summary>The value whose amount is not exceeded with a probability: 2.26 for 95 % and 9 degrees of freedom.</summary>
    /// <param name="level">The two-sided probability, between 0 and 1.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double TwoSidedQuantile(double level, int degreesOfFreedom)
    {
        var x = BetaDistribution.Quantile(1 - level, degreesOfFreedom / 2.0, 0.5);
        return Math.Sqrt(degreesOfFreedom * (1 - x) / x);
    }
}

namespace Equecel.Analytics.Statistics;

/// <summary>A mean with the limits of Student's t.</summary>
/// <param name="Count">Values, at least 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of the values, with n - 1; null for a single one.</param>
/// <param name="Lower">Lower limit of the mean; null for a single value.</param>
/// <param name="Upper">Upper limit of the mean; null for a single value.</param>
/// <remarks>Source: Student, Biometrika 6:1, 1908. R: <c>t.test</c>.</remarks>
internal readonly record struct MeanEstimate(int Count, double Mean, double? StandardDeviation, double? Lower, double? Upper)
{
    /// <summary>Why there are no limits; null when there are.</summary>
    public NotEstimable? LimitsReason => Lower is null ? NotEstimable.SingleValue : null;

    /// <summary>Estimates a mean.</summary>
    /// <param name="values">The values; missing ones left out.</param>
    /// <param name="level">The two-sided confidence level, between 0 and 1.</param>
    /// <returns>Not estimable without values; without limits for a single one.</returns>
    /// <exception cref="ArgumentException">A value is not finite, or the level is none.</exception>
    public static Estimable<MeanEstimate> Estimate(ReadOnlySpan<double> values, double level = Level.Default)
    {
        Level.Check(level);
        if (values.IsEmpty)
        {
            return NotEstimable.NoValues;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += double.IsFinite(value) ? value : throw new ArgumentException($"{value} is no value.", nameof(values));
        }

        var mean = sum / values.Length;
        if (values.Length == 1)
        {
            return new MeanEstimate(1, mean, null, null, null);
        }

        // The sum of what is left corrects the rounding of the mean.
        var (squares, rest) = (0.0, 0.0);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
            rest += value - mean;
        }

        var deviation = Math.Sqrt((squares - (rest * rest / values.Length)) / (values.Length - 1));
        var reach = StudentT.TwoSidedQuantile(level, values.Length - 1) * deviation / Math.Sqrt(values.Length);
        return new MeanEstimate(values.Length, mean, deviation, mean - reach, mean + reach);
    }
}

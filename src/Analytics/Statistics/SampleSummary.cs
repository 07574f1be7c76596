namespace Equecel.Analytics.Statistics;

/// <summary>Median, quartiles and range of values.</summary>
/// <param name="Count">Values, at least 1.</param>
/// <param name="Min">The smallest.</param>
/// <param name="FirstQuartile">A quarter is not above it.</param>
/// <param name="Median">Half are not above it.</param>
/// <param name="ThirdQuartile">Three quarters are not above it.</param>
/// <param name="Max">The largest.</param>
/// <remarks>
/// The empirical distribution, averaged where it jumps: type 2 of Hyndman and Fan, American Statistician 50:361, 1996; the default
/// of SAS. R: <c>quantile(type = 2)</c>, which is not its default.
/// </remarks>
internal readonly record struct SampleSummary(
    int Count,
    double Min,
    double FirstQuartile,
    double Median,
    double ThirdQuartile,
    double Max)
{
    /// <summary>Describes values.</summary>
    /// <param name="values">The values; missing ones left out.</param>
    /// <returns>Not estimable without values.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Estimable<SampleSummary> Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return NotEstimable.NoValues;
        }

        var sorted = values.ToArray();
        sorted.AsSpan().Sort();
        if (!double.IsFinite(sorted[0]) || !double.IsFinite(sorted[^1]))
        {
            throw new ArgumentException("A value is not finite.", nameof(values));
        }

        return new SampleSummary(sorted.Length, sorted[0], Quarter(1), Quarter(2), Quarter(3), sorted[^1]);

        double Quarter(int quarters)
        {
            var (below, rest) = Math.DivRem((long)sorted.Length * quarters, 4);
            return rest == 0 ? (sorted[below - 1] + sorted[below]) / 2 : sorted[below];
        }
    }
}

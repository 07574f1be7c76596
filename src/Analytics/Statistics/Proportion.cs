namespace Equecel.Analytics.Statistics;

/// <summary>A share of a population with its two-sided limits.</summary>
/// <param name="Count">How many it holds for.</param>
/// <param name="Total">How many there are, at least 1.</param>
/// <param name="Lower">Lower limit, from 0.</param>
/// <param name="Upper">Upper limit, to 1.</param>
internal readonly record struct Proportion(int Count, int Total, double Lower, double Upper)
{
    /// <summary>The share, 0 to 1.</summary>
    public double Share => (double)Count / Total;

    /// <summary>Estimates a share.</summary>
    /// <param name="count">How many it holds for.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="method">How the limits are made.</param>
    /// <param name="level">The two-sided confidence level, between 0 and 1.</param>
    /// <returns>Not estimable of nobody.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or above the total; level or method is none.</exception>
    public static Estimable<Proportion> Estimate(
        int count,
        int total,
        ProportionMethod method = ProportionMethod.ClopperPearson,
        double level = Level.Default)
    {
        if (count < 0 || count > total)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A count of {total} runs from 0 to {total}.");
        }

        var tail = (1 - Level.Check(level)) / 2;
        if (total == 0)
        {
            return NotEstimable.NoSubjects;
        }

        return method switch
        {
            ProportionMethod.ClopperPearson =>
                new Proportion(count, total, ExactLower(count, total, tail), 1 - ExactLower(total - count, total, tail)),
            ProportionMethod.Wilson => Wilson(count, total, new ConfidenceInterval(level: level).Z),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Limits are Clopper-Pearson's or Wilson's."),
        };
    }

    private static double ExactLower(int count, int total, double tail)
    {
        if (count == 0)
        {
            return 0;
        }

        return count == total ? Math.Pow(tail, 1.0 / total) : BetaDistribution.Quantile(tail, count, total - count + 1);
    }

    private static Proportion Wilson(int count, int total, double z)
    {
        var (share, shrink) = ((double)count / total, 1 + (z * z / total));
        var centre = (share + (z * z / (2.0 * total))) / shrink;
        var reach = z / shrink * Math.Sqrt((share * (1 - share) / total) + (z * z / (4.0 * total * total)));

        // At the ends the limit is the end, which the sum misses by its rounding.
        return new Proportion(count, total, count == 0 ? 0 : centre - reach, count == total ? 1 : centre + reach);
    }
}

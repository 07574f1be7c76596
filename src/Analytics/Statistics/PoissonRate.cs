namespace Equecel.Analytics.Statistics;

/// <summary>How often something happens per 100 person-months, with exact two-sided limits.</summary>
/// <param name="EventCount">Events, or participants with one.</param>
/// <param name="ExposureDays">Days under observation, of all participants together; above 0.</param>
/// <param name="Lower">Lower limit, per 100 person-months.</param>
/// <param name="Upper">Upper limit, per 100 person-months.</param>
/// <remarks>
/// Source: Garwood, Biometrika 28:436, 1936. The limits suppose independent events. Where one participant may count several
/// times they are too narrow, and a report should say so.
/// </remarks>
internal readonly record struct PoissonRate(int EventCount, double ExposureDays, double Lower, double Upper)
{
    /// <summary>Days in a month: 365.25 / 12.</summary>
    public const double DaysPerMonth = 30.4375;

    /// <summary>Time under observation, in months.</summary>
    public double PersonMonths => ExposureDays / DaysPerMonth;

    /// <summary>The rate, per 100 person-months.</summary>
    public double Per100PersonMonths => 100 * EventCount / PersonMonths;

    /// <summary>Estimates a rate.</summary>
    /// <param name="eventCount">Events, or participants with one.</param>
    /// <param name="exposureDays">Days under observation, of all participants together.</param>
    /// <param name="level">The two-sided confidence level, between 0 and 1.</param>
    /// <returns>Not estimable without exposure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite; the level is none.</exception>
    public static Estimable<PoissonRate> Estimate(int eventCount, double exposureDays, double level = Level.Default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eventCount);
        if (!(exposureDays >= 0 && double.IsFinite(exposureDays)))
        {
            throw new ArgumentOutOfRangeException(nameof(exposureDays), exposureDays, "Exposure is a number of days from 0 up.");
        }

        var tail = (1 - Level.Check(level)) / 2;
        if (exposureDays == 0)
        {
            return NotEstimable.NoExposure;
        }

        var scale = 100 * DaysPerMonth / exposureDays;
        var lower = eventCount == 0 ? 0 : GammaDistribution.LowerQuantile(tail, eventCount);
        return new PoissonRate(eventCount, exposureDays, scale * lower, scale * GammaDistribution.UpperQuantile(tail, eventCount + 1.0));
    }
}

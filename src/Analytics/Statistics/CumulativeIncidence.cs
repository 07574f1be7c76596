namespace Equecel.Analytics.Statistics;

/// <summary>The Aalen-Johansen estimate of the probability of an event that another one may preclude.</summary>
/// <remarks>
/// Source: Aalen and Johansen, Scandinavian Journal of Statistics 5:141, 1978; variance: Marubini and Valsecchi, Analysing Survival
/// Data from Clinical Trials and Observational Studies, 1995. Agrees with R's <c>survival::survfit</c> on several states; without
/// competing events it is 1 less Kaplan-Meier, with Greenwood's error.
/// </remarks>
internal static class CumulativeIncidence
{
    /// <summary>Estimates the incidence of the table's event of interest; of the other one, from <see cref="CompetingTable.Exchanged"/>.</summary>
    /// <param name="table">The group; without subjects, the curve answers "not estimable" (null) everywhere.</param>
    /// <param name="level">The two-sided confidence level of the log-log limits, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is none.</exception>
    public static IncidenceCurve Estimate(CompetingTable table, double level = Level.Default)
    {
        var interval = new ConfidenceInterval(IntervalType.LogLog, level);
        var rows = new IncidenceRow[table.Rows.Count];
        var (eventFree, incidence, competed) = (1.0, 0.0, false);
        var variance = default(Variance);

        for (var i = 0; i < rows.Length; i++)
        {
            var row = table.Rows[i];
            var leaving = row.Events + row.CompetingEvents;
            if (leaving > 0)
            {
                competed |= row.CompetingEvents > 0;
                incidence += eventFree * row.Events / row.AtRisk;
                variance = variance.After(row, eventFree);
                eventFree *= (double)(row.AtRisk - leaving) / row.AtRisk;

                // The sum misses 1 by its rounding, and limits around that would be of the rounding.
                incidence = eventFree == 0 && !competed ? 1 : incidence;
            }

            var error = Math.Sqrt(variance.Value);
            var (lower, upper) = incidence is > 0 and < 1
                ? interval.Around(incidence, variance.Value / (incidence * incidence))
                : (null, null);
            rows[i] = new IncidenceRow(row, eventFree, incidence, error, lower, upper);
        }

        return new IncidenceCurve(table, level, rows);
    }

    /// <summary>The sums over past times of which the variance at the present one is made, so that one pass is enough.</summary>
    /// <remarks>
    /// With g the incidence since a time: the sum of g^2 d / (n (n - d)), plus that of S^2 k (n - k) / n^3, less twice that of
    /// g S k / n^2, where d of n have any event, k the one of interest, and S is the share free of both just before.
    /// </remarks>
    private readonly record struct Variance(double Spread, double Slope, double Weight, double Own, double Mixed, double Cross)
    {
        public double Value => Math.Max(0, Spread + Own - (2 * Cross));

        public Variance After(CompetingRow row, double eventFree)
        {
            double atRisk = row.AtRisk;
            double any = row.Events + row.CompetingEvents;
            var step = eventFree * row.Events / atRisk;
            return new Variance(
                Spread + (2 * step * Slope) + (step * step * Weight),
                Slope + (step * Weight),
                Weight + (atRisk > any ? any / (atRisk * (atRisk - any)) : 0),
                Own + (step * eventFree * (atRisk - row.Events) / (atRisk * atRisk)),
                Mixed + (step / atRisk),
                Cross + (step * Mixed));
        }
    }
}

namespace Equecel.Analytics.Statistics;

/// <summary>The product-limit estimate of survival. Agrees with R's <c>survival::survfit</c>.</summary>
/// <remarks>Source: Kaplan and Meier, Journal of the American Statistical Association 53:457, 1958; Greenwood, 1926.</remarks>
internal static class KaplanMeier
{
    /// <summary>Estimates the curve of one group.</summary>
    /// <param name="table">The group; without subjects, the curve answers "not estimable" (null) everywhere.</param>
    /// <param name="interval">Type and level of the limits; log-log at 95 % when left out.</param>
    public static SurvivalCurve Estimate(EventTable table, ConfidenceInterval? interval = null)
    {
        interval ??= new ConfidenceInterval();

        var rows = new SurvivalRow[table.Rows.Count];
        var (survival, logVariance, hazard, hazardVariance) = (1.0, 0.0, 0.0, 0.0);
        var (lower, upper) = interval.Around(survival, logVariance);

        for (var i = 0; i < rows.Length; i++)
        {
            var row = table.Rows[i];
            if (row.Events > 0)
            {
                double atRisk = row.AtRisk;
                var surviving = atRisk - row.Events;
                survival *= surviving / atRisk;
                logVariance += row.Events / (atRisk * surviving);
                hazard += row.Events / atRisk;
                hazardVariance += row.Events / (atRisk * atRisk);
                (lower, upper) = interval.Around(survival, logVariance);
            }

            rows[i] = new SurvivalRow(
                row.Time,
                row.AtRisk,
                row.Events,
                row.Censored,
                survival,
                survival == 0 ? null : survival * Math.Sqrt(logVariance),
                hazard,
                Math.Sqrt(hazardVariance),
                lower,
                upper);
        }

        return new SurvivalCurve(table, interval, rows);
    }
}

namespace Equecel.Analytics.Statistics;

/// <summary>Finds where a curve of survival, or one of its limits, has fallen by a share.</summary>
/// <remarks>The rules of R's <c>quantile.survfit</c>, which also hold for limits that rise again.</remarks>
internal static class QuantileSearch
{
    // R: .Machine$double.eps^0.5
    private const double Tolerance = 1.4901161193847656e-8;

    /// <summary>Searches one column of a curve.</summary>
    /// <param name="rows">The steps of the curve.</param>
    /// <param name="height">The column: survival or one of its limits, null where there is none.</param>
    /// <param name="share">How far the column must have fallen from 1.</param>
    /// <returns>
    /// The time, null when the column never fell so far; and, when it stays at exactly that height to the end, since when.
    /// </returns>
    public static (double? Time, double? FlatFrom) Find(SurvivalRow[] rows, Func<SurvivalRow, double?> height, double share)
    {
        var reached = (Fall: double.PositiveInfinity, Time: 0.0);
        var passed = reached;
        foreach (var row in rows)
        {
            var fall = 1 - height(row);
            if (fall >= share - Tolerance && fall < reached.Fall)
            {
                reached = (fall.Value, row.Time);
            }

            if (fall >= share + Tolerance && fall < passed.Fall)
            {
                passed = (fall.Value, row.Time);
            }
        }

        if (double.IsInfinity(reached.Fall))
        {
            return (null, null);
        }

        if (reached.Fall - share < Tolerance && Math.Abs((LastDistinct(rows, height) - share) ?? 1) < Tolerance)
        {
            return ((reached.Time + rows[^1].Time) / 2, reached.Time);
        }

        return (double.IsInfinity(passed.Fall) ? null : (reached.Time + passed.Time) / 2, null);
    }

    // A height met before is part of a flat stretch, of which only the start counts; null is one such height.
    private static double? LastDistinct(SurvivalRow[] rows, Func<SurvivalRow, double?> height) =>
        rows.Select(row => 1 - height(row)).Prepend(0).Distinct().Last();
}

namespace Equecel.Analytics.Statistics;

/// <summary>The size of a difference against its variance: u' V^-1 u, the statistic of a test with several groups.</summary>
internal static class QuadraticForm
{
    // A pivot this small beside its variance is rounding: the groups are not told apart by these data.
    private const double Negligible = 1e-10;

    /// <summary>Computes it by Cholesky's decomposition.</summary>
    /// <param name="compared">The groups that are in it.</param>
    /// <param name="difference">u: the difference of each group.</param>
    /// <param name="variance">V: only its lower half is read.</param>
    /// <returns>Null when V is singular.</returns>
    public static double? Find(List<int> compared, Func<int, double> difference, double[,] variance)
    {
        var factor = new double[compared.Count, compared.Count];
        var solved = new double[compared.Count];
        var statistic = 0.0;
        for (var i = 0; i < compared.Count; i++)
        {
            var k = compared[i];
            var rest = difference(k);
            var pivot = variance[k, k];
            for (var j = 0; j < i; j++)
            {
                var entry = variance[k, compared[j]];
                for (var m = 0; m < j; m++)
                {
                    entry -= factor[i, m] * factor[j, m];
                }

                factor[i, j] = entry / factor[j, j];
                pivot -= factor[i, j] * factor[i, j];
                rest -= factor[i, j] * solved[j];
            }

            if (pivot <= Negligible * variance[k, k])
            {
                return null;
            }

            factor[i, i] = Math.Sqrt(pivot);
            solved[i] = rest / factor[i, i];
            statistic += solved[i] * solved[i];
        }

        return statistic;
    }
}

namespace Equecel.Analytics.Statistics;

/// <summary>The log-rank test: unstratified, without continuity correction. Agrees with R's <c>survival::survdiff</c>.</summary>
/// <remarks>
/// Source: Mantel, Cancer Chemotherapy Reports 50:163, 1966. In a single-arm study it describes subgroups; it is exploratory.
/// </remarks>
internal static class LogRank
{
    /// <summary>Compares groups.</summary>
    /// <param name="groups">The groups, counted in the same unit of time; ties between groups are equal times.</param>
    /// <returns>Without a statistic when fewer than two groups expect events or their difference has no variance.</returns>
    /// <exception cref="ArgumentException">A group has delayed entry, for which the test is not defined here.</exception>
    public static LogRankTest Test(params ReadOnlySpan<EventTable> groups)
    {
        foreach (var group in groups)
        {
            if (group.HasDelayedEntry)
            {
                throw new ArgumentException("The log-rank test is not defined for delayed entry.", nameof(groups));
            }
        }

        var expected = new double[groups.Length];
        var variance = new double[groups.Length, groups.Length];
        Accumulate(groups, expected, variance);

        var results = new LogRankGroup[groups.Length];
        var compared = new List<int>();
        for (var k = 0; k < groups.Length; k++)
        {
            results[k] = new LogRankGroup(groups[k].SubjectCount, groups[k].EventCount, expected[k]);
            if (expected[k] > 0)
            {
                compared.Add(k);
            }
        }

        // One group follows from the others.
        var degrees = Math.Max(0, compared.Count - 1);
        var statistic = degrees == 0
            ? null
            : QuadraticForm.Find(compared.GetRange(0, degrees), k => results[k].Observed - results[k].Expected, variance);
        return new LogRankTest(results, degrees, statistic, statistic is { } value ? Statistics.ChiSquare.UpperTail(value, degrees) : null);
    }

    private static void Accumulate(ReadOnlySpan<EventTable> groups, double[] expected, double[,] variance)
    {
        var next = new int[groups.Length];
        var shares = new double[groups.Length];
        while (true)
        {
            var time = double.PositiveInfinity;
            for (var k = 0; k < groups.Length; k++)
            {
                time = next[k] < groups[k].Rows.Count ? Math.Min(time, groups[k].Rows[next[k]].Time) : time;
            }

            if (double.IsInfinity(time))
            {
                return;
            }

            double atRisk = 0, events = 0;
            for (var k = 0; k < groups.Length; k++)
            {
                // Between two rows of a group nobody leaves it, so its next row tells who is at risk now.
                var row = next[k] < groups[k].Rows.Count ? groups[k].Rows[next[k]] : default;
                shares[k] = row.AtRisk;
                atRisk += row.AtRisk;
                if (row.AtRisk > 0 && row.Time == time)
                {
                    events += row.Events;
                    next[k]++;
                }
            }

            if (events > 0)
            {
                AddEvents(shares, atRisk, events, expected, variance);
            }
        }
    }

    private static void AddEvents(double[] shares, double atRisk, double events, double[] expected, double[,] variance)
    {
        var spread = atRisk > 1 ? events * (atRisk - events) / (atRisk - 1) : 0;
        for (var k = 0; k < shares.Length; k++)
        {
            shares[k] /= atRisk;
            expected[k] += events * shares[k];
            for (var l = 0; l < k; l++)
            {
                variance[k, l] -= spread * shares[k] * shares[l];
            }

            variance[k, k] += spread * shares[k] * (1 - shares[k]);
        }
    }
}

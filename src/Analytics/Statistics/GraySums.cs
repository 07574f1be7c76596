namespace Equecel.Analytics.Statistics;

/// <summary>The scores of Gray's test and their variance, gathered over the times at which events happen.</summary>
/// <remarks>
/// A group's score sums its events beyond what the common subdistribution hazard lets expect. Its variance has a part for the
/// events of interest and one for the competing ones, which move the weight of everybody at risk later. Notation of Gray, 1988.
/// </remarks>
internal sealed class GraySums(CompetingTable[] groups)
{
    private readonly int count = groups.Length;
    private readonly int[] next = new int[groups.Length];
    private readonly CompetingRow[] now = new CompetingRow[groups.Length];

    // Of each group: share free of both events and incidence just before the present time, and that share after it.
    private readonly double[] freeBefore = Filled(groups.Length, 1);
    private readonly double[] free = Filled(groups.Length, 1);
    private readonly double[] incidence = new double[groups.Length];

    // Weights of the groups at the present time, and their sums over past ones.
    private readonly double[,] weight = new double[groups.Length, groups.Length];
    private readonly double[,] summed = new double[groups.Length, groups.Length];

    private readonly double[,] direct = new double[groups.Length, groups.Length];
    private readonly double[,] mixed = new double[groups.Length, groups.Length];
    private readonly double[] spread = new double[groups.Length];

    private double pooledBefore;

    /// <summary>The score of each group.</summary>
    public double[] Scores { get; } = new double[groups.Length];

    /// <summary>Goes through all times.</summary>
    public void Run()
    {
        while (FindNext() is var time && !double.IsInfinity(time))
        {
            var (events, competing) = (0, 0);
            for (var k = 0; k < count; k++)
            {
                var row = next[k] < groups[k].Rows.Count ? groups[k].Rows[next[k]] : default;
                var isNow = row.AtRisk > 0 && row.Time == time;
                now[k] = isNow ? row : new CompetingRow(time, row.AtRisk, 0, 0, 0);
                next[k] += isNow ? 1 : 0;
                events += now[k].Events;
                competing += now[k].CompetingEvents;
            }

            if (events + competing > 0)
            {
                AddTime(events, competing);
            }
        }
    }

    /// <summary>The variance of the scores; the lower half is filled.</summary>
    public double[,] Variance()
    {
        var variance = (double[,])direct.Clone();
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var k = 0; k < count; k++)
                {
                    variance[i, j] += (summed[i, k] * summed[j, k] * spread[k]) + (summed[i, k] * mixed[j, k]) + (summed[j, k] * mixed[i, k]);
                }
            }
        }

        return variance;
    }

    private double FindNext()
    {
        var time = double.PositiveInfinity;
        for (var k = 0; k < count; k++)
        {
            time = next[k] < groups[k].Rows.Count ? Math.Min(time, groups[k].Rows[next[k]].Time) : time;
        }

        return time;
    }

    private void AddTime(int events, int competing)
    {
        // Those at risk as if the competing event had removed nobody, and how many of them are still without the event.
        var (atRisk, without) = (0.0, 0.0);
        for (var k = 0; k < count; k++)
        {
            var row = now[k];
            if (row.AtRisk > 0)
            {
                free[k] = freeBefore[k] * (row.AtRisk - row.Events - row.CompetingEvents) / row.AtRisk;
                atRisk += row.AtRisk / freeBefore[k];
                without += row.AtRisk * (1 - incidence[k]) / freeBefore[k];
            }
        }

        var pooled = pooledBefore + (events / atRisk);
        AddWeights(events, atRisk);
        AddScores(events, without);
        AddVariance(events, competing, atRisk, pooled);

        for (var k = 0; k < count; k++)
        {
            incidence[k] += now[k].AtRisk > 0 ? freeBefore[k] * now[k].Events / now[k].AtRisk : 0;
            freeBefore[k] = free[k];
        }

        pooledBefore = pooled;
    }

    private void AddWeights(int events, double atRisk)
    {
        for (var i = 0; i < count; i++)
        {
            var own = now[i].AtRisk / freeBefore[i];
            for (var j = 0; j < count; j++)
            {
                var isIn = now[i].AtRisk > 0 && now[j].AtRisk > 0;
                weight[i, j] = isIn ? own * ((i == j ? 1 : 0) - (now[j].AtRisk / freeBefore[j] / atRisk)) : 0;
                summed[i, j] += weight[i, j] * events / (atRisk * (1 - pooledBefore));
            }
        }
    }

    private void AddScores(int events, double without)
    {
        for (var k = 0; k < count; k++)
        {
            var row = now[k];
            Scores[k] += row.AtRisk > 0 ? row.Events - (events * row.AtRisk * (1 - incidence[k]) / freeBefore[k] / without) : 0;
        }
    }

    private void AddVariance(int events, int competing, double atRisk, double pooled)
    {
        for (var k = 0; k < count; k++)
        {
            var row = now[k];
            var left = free[k] > 0 ? (1 - pooled) / free[k] : 0;
            if (row.AtRisk > 0 && events > 0)
            {
                var ties = events > 1 ? 1 - ((events - 1) / ((atRisk * freeBefore[k]) - 1)) : 1;
                var size = ties * freeBefore[k] * events / (atRisk * row.AtRisk);
                Add(k, own: 1, left: free[k] > 0 ? 1 - left : 1, size);
            }

            if (competing > 0 && free[k] > 0 && row.CompetingEvents > 0)
            {
                var ties = row.CompetingEvents > 1 ? 1 - ((row.CompetingEvents - 1) / (row.AtRisk - 1.0)) : 1;
                Add(k, own: 0, left, ties * freeBefore[k] * freeBefore[k] * row.CompetingEvents / ((double)row.AtRisk * row.AtRisk), sign: -1);
            }
        }
    }

    // What an event in group k does to the scores now and, through the weights, later.
    private void Add(int k, int own, double left, double size, int sign = 1)
    {
        spread[k] += left * left * size;
        for (var i = 0; i < count; i++)
        {
            var first = (own * weight[i, k]) - (sign * left * summed[i, k]);
            mixed[i, k] += sign * first * left * size;
            for (var j = 0; j <= i; j++)
            {
                direct[i, j] += first * ((own * weight[j, k]) - (sign * left * summed[j, k])) * size;
            }
        }
    }

    private static double[] Filled(int length, double value)
    {
        var values = new double[length];
        Array.Fill(values, value);
        return values;
    }
}

namespace Equecel.Analytics.Statistics;

/// <summary>The proportional hazards model with one covariate. Agrees with R's <c>survival::coxph</c>.</summary>
/// <remarks>Source: Cox, Journal of the Royal Statistical Society B 34:187, 1972.</remarks>
internal static class CoxModel
{
    private const int MaxSteps = 25;
    private const double MaxCoefficient = 15;
    private const double Converged = 1e-10;

    // Less than this, in proportion, is rounding and neither information nor a loss of likelihood.
    private const double Negligible = 1e-12;

    /// <summary>Fits the model by Newton's method.</summary>
    /// <param name="groups">The subjects, one table for each value of the covariate.</param>
    /// <param name="covariate">The value of each table: 0 and 1 to compare two groups.</param>
    /// <param name="ties">How events at the same time are treated.</param>
    /// <param name="level">The two-sided confidence level, between 0 and 1.</param>
    /// <returns>
    /// Not estimable without events, without a difference in the covariate while events happen, and where the coefficient
    /// runs off because all events are on one side.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Groups and values differ in number, a value is not finite, the level is out of range, or a group has delayed entry.
    /// </exception>
    public static Estimable<CoxFit> Fit(
        ReadOnlySpan<EventTable> groups,
        ReadOnlySpan<double> covariate,
        TieMethod ties = TieMethod.Efron,
        double level = 0.95)
    {
        var interval = new ConfidenceInterval(level: level);
        var cells = Cells(groups, covariate);
        var floor = Negligible * cells.Sum(cell => cell.Events * cell.Value * cell.Value);

        if (!Array.Exists(cells, cell => cell.Events > 0))
        {
            return NotEstimable.NoEvents;
        }

        var coefficient = 0.0;
        var start = Likelihood.At(coefficient, cells, ties);
        var current = start;
        for (var step = 0; step < MaxSteps && current.Information > floor; step++)
        {
            var change = current.Score / current.Information;
            var next = Likelihood.At(coefficient + change, cells, ties);
            while (!(next.Log >= current.Log - (Negligible * Math.Abs(current.Log))) && Math.Abs(change) >= Converged)
            {
                change /= 2;
                next = Likelihood.At(coefficient + change, cells, ties);
            }

            (coefficient, current) = (coefficient + change, next);
            if (Math.Abs(coefficient) > MaxCoefficient)
            {
                return NotEstimable.DidNotConverge;
            }

            if (Math.Abs(change) < Converged)
            {
                var error = 1 / Math.Sqrt(current.Information);
                var score = start.Score * start.Score / start.Information;
                return new CoxFit(coefficient, error, score, start.Log, current.Log, interval);
            }
        }

        return start.Information > floor ? NotEstimable.DidNotConverge : NotEstimable.NoVariation;
    }

    /// <summary>The rows of all groups, latest first, with the covariate centred; centring changes nothing but rounding.</summary>
    private static Cell[] Cells(ReadOnlySpan<EventTable> groups, ReadOnlySpan<double> covariate)
    {
        if (groups.Length != covariate.Length)
        {
            throw new ArgumentException($"There are {groups.Length} groups and {covariate.Length} values.", nameof(covariate));
        }

        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var k = 0; k < groups.Length; k++)
        {
            if (groups[k].HasDelayedEntry)
            {
                throw new ArgumentException("The model is not defined for delayed entry.", nameof(groups));
            }

            if (!double.IsFinite(covariate[k]))
            {
                throw new ArgumentOutOfRangeException(nameof(covariate), covariate[k], $"Value {k} is not a number.");
            }

            (low, high) = (Math.Min(low, covariate[k]), Math.Max(high, covariate[k]));
        }

        var cells = new List<Cell>();
        for (var k = 0; k < groups.Length; k++)
        {
            foreach (var row in groups[k].Rows)
            {
                cells.Add(new Cell(row.Time, covariate[k] - ((low + high) / 2), row.Events, row.Events + row.Censored));
            }
        }

        cells.Sort(static (a, b) => b.Time.CompareTo(a.Time));
        return [.. cells];
    }

    /// <summary>Subjects with one covariate value who leave at one time.</summary>
    private readonly record struct Cell(double Time, double Value, int Events, int Leaving);

    /// <summary>The log partial likelihood with its slope and, negated, the slope of that.</summary>
    private readonly record struct Likelihood(double Log, double Score, double Information)
    {
        public static Likelihood At(double coefficient, Cell[] cells, TieMethod ties)
        {
            var (log, score, information) = (0.0, 0.0, 0.0);
            var atRisk = default(Moments);
            for (int i = 0; i < cells.Length;)
            {
                var time = cells[i].Time;
                var tied = default(Moments);
                var (events, sum) = (0, 0.0);
                for (; i < cells.Length && cells[i].Time == time; i++)
                {
                    var cell = cells[i];
                    var weight = Math.Exp(coefficient * cell.Value);
                    atRisk = atRisk.Plus(cell.Leaving * weight, cell.Value);
                    tied = tied.Plus(cell.Events * weight, cell.Value);
                    events += cell.Events;
                    sum += cell.Events * cell.Value;
                }

                log += coefficient * sum;
                score += sum;
                for (var l = 0; l < events; l++)
                {
                    var gone = ties == TieMethod.Efron ? (double)l / events : 0;
                    var weight = atRisk.Zero - (gone * tied.Zero);
                    var mean = (atRisk.One - (gone * tied.One)) / weight;
                    log -= Math.Log(weight);
                    score -= mean;
                    information += ((atRisk.Two - (gone * tied.Two)) / weight) - (mean * mean);
                }
            }

            return new Likelihood(log, score, information);
        }
    }

    /// <summary>Weighted sums of the powers 0, 1 and 2 of the covariate.</summary>
    private readonly record struct Moments(double Zero, double One, double Two)
    {
        public Moments Plus(double weight, double value) =>
            new(Zero + weight, One + (weight * value), Two + (weight * value * value));
    }
}

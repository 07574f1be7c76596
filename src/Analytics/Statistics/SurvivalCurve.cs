namespace Equecel.Analytics.Statistics;

/// <summary>A survival curve with its limits: a right-continuous step function that starts at 1.</summary>
internal sealed class SurvivalCurve
{
    private readonly SurvivalRow[] rows;

    /// <summary>Takes the steps that <see cref="KaplanMeier"/> computed.</summary>
    /// <param name="table">The counts behind the curve.</param>
    /// <param name="interval">How the limits were made.</param>
    /// <param name="rows">One step per row of the table.</param>
    internal SurvivalCurve(EventTable table, ConfidenceInterval interval, SurvivalRow[] rows)
    {
        Table = table;
        Interval = interval;
        this.rows = rows;
    }

    /// <summary>The counts behind the curve.</summary>
    public EventTable Table { get; }

    /// <summary>Type and level of the limits.</summary>
    public ConfidenceInterval Interval { get; }

    /// <summary>One step per distinct time, times rising; also where there are censorings only. Empty without subjects.</summary>
    public IReadOnlyList<SurvivalRow> Rows => rows;

    /// <summary>
    /// Since when the survival is 0 although subjects come under observation later, who can no longer change it; null when that is
    /// not so. With delayed entry an early time at which few are at risk can do this, and a report should warn.
    /// </summary>
    public double? EmptiedEarlyAt
    {
        get
        {
            var first = Array.FindIndex(rows, row => row.Survival == 0);
            return first >= 0 && first < rows.Length - 1 ? rows[first].Time : null;
        }
    }

    /// <summary>The survival at a time.</summary>
    /// <param name="time">The time, in the unit of the input.</param>
    /// <param name="extend">Whether to carry the last value beyond the last follow-up, as R's <c>extend = TRUE</c>.</param>
    /// <returns>Counts, and the estimate: null without subjects, and beyond the last follow-up while anybody survived.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public SurvivalAt At(double time, bool extend = false)
    {
        Check(time, nameof(time));

        var (count, eventCount, censoredCount) = (0, 0, 0);
        for (; count < rows.Length && rows[count].Time <= time; count++)
        {
            eventCount += rows[count].Events;
            censoredCount += rows[count].Censored;
        }

        var answer = new SurvivalAt { Time = time, AtRisk = Table.AtRisk(time), EventCount = eventCount, CensoredCount = censoredCount };
        if (rows.Length == 0)
        {
            return answer;
        }

        if (count == 0)
        {
            // R begins every curve with a point of certainty, also on the scale where S = 1 has no limits later on.
            return answer with { Survival = 1, StandardError = 0, Lower = 1, Upper = 1 };
        }

        var row = rows[count - 1];
        answer = answer with { IsBeyondLastFollowUp = IsBeyondLastFollowUp(time) };
        return IsEstimable(time) || extend
            ? answer with { Survival = row.Survival, StandardError = row.StandardError, Lower = row.Lower, Upper = row.Upper }
            : answer;
    }

    /// <summary>The time by which a share of the subjects had the event, with Brookmeyer-Crowley limits.</summary>
    /// <param name="share">The share, between 0 and 1: 0.5 for the median.</param>
    /// <remarks>Source: Brookmeyer and Crowley, Biometrics 38:29, 1982; the rules for flat parts are R's <c>quantile.survfit</c>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public SurvivalQuantile Quantile(double share)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A quantile lies between 0 and 1.");
        }

        var (value, flatFrom) = QuantileSearch.Find(rows, static row => row.Survival, share);
        var (lower, _) = QuantileSearch.Find(rows, static row => row.Lower, share);
        var (upper, _) = QuantileSearch.Find(rows, static row => row.Upper, share);
        return new SurvivalQuantile(share, value, lower, upper, flatFrom)
        {
            Reason = value is not null ? null : rows.Length == 0 ? NotEstimable.NoSubjects : NotEstimable.NotReached,
        };
    }

    /// <summary>The mean time without the event up to a horizon.</summary>
    /// <param name="horizon">The horizon, in the unit of the input.</param>
    /// <param name="extend">Whether to carry the last value beyond the last follow-up, as R does.</param>
    /// <returns>Not estimable without subjects, and for a horizon beyond the last follow-up while anybody survived.</returns>
    /// <remarks>Source: Irwin, 1949; Karrison, 1987.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is negative or not finite.</exception>
    public Estimable<RestrictedMean> RestrictedMean(double horizon, bool extend = false)
    {
        Check(horizon, nameof(horizon));
        if (rows.Length == 0 || !(IsEstimable(horizon) || extend))
        {
            return rows.Length == 0 ? NotEstimable.NoSubjects : NotEstimable.BeyondLastFollowUp;
        }

        // Backwards, so that the area at each step is the one still to come, which its weight in the variance is.
        var (area, variance, end) = (0.0, 0.0, horizon);
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            var row = rows[i];
            if (row.Time > horizon)
            {
                continue;
            }

            area += row.Survival * (end - row.Time);
            end = row.Time;
            if (row.AtRisk > row.Events)
            {
                variance += area * area * row.Events / ((double)row.AtRisk * (row.AtRisk - row.Events));
            }
        }

        var mean = area + end;
        var error = Math.Sqrt(variance);
        var reach = Interval.Z * error;
        return new RestrictedMean(horizon, mean, error, mean - reach, mean + reach, IsBeyondLastFollowUp(horizon));
    }

    private bool IsBeyondLastFollowUp(double time) => time > rows[^1].Time;

    private bool IsEstimable(double time) => !IsBeyondLastFollowUp(time) || rows[^1].Survival == 0;

    private static void Check(double time, string name)
    {
        if (!(time >= 0 && double.IsFinite(time)))
        {
            throw new ArgumentOutOfRangeException(name, time, "A time is a number from 0 up.");
        }
    }
}

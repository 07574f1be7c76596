namespace Equecel.Analytics.Statistics;

/// <summary>A cumulative incidence with its limits: a right-continuous step function that starts at 0.</summary>
internal sealed class IncidenceCurve
{
    private readonly IncidenceRow[] rows;

    /// <summary>Takes the steps that <see cref="CumulativeIncidence"/> computed.</summary>
    /// <param name="table">The counts behind the curve.</param>
    /// <param name="level">The level of the limits.</param>
    /// <param name="rows">One step per row of the table.</param>
    internal IncidenceCurve(CompetingTable table, double level, IncidenceRow[] rows)
    {
        Table = table;
        ConfidenceLevel = level;
        this.rows = rows;
    }

    /// <summary>The counts behind the curve.</summary>
    public CompetingTable Table { get; }

    /// <summary>The two-sided level of the limits, which are log-log.</summary>
    public double ConfidenceLevel { get; }

    /// <summary>One step per distinct time, times rising; also where there are censorings only. Empty without subjects.</summary>
    public IReadOnlyList<IncidenceRow> Rows => rows;

    /// <summary>The incidence at a time.</summary>
    /// <param name="time">The time, in the unit of the input.</param>
    /// <param name="extend">Whether to carry the last value beyond the last follow-up, as R's <c>extend = TRUE</c>.</param>
    /// <returns>Counts, and the estimate: null without subjects, and beyond the last follow-up while anybody was left.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public IncidenceAt At(double time, bool extend = false)
    {
        if (!(time >= 0 && double.IsFinite(time)))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "A time is a number from 0 up.");
        }

        var (count, events, competing) = (0, 0, 0);
        for (; count < rows.Length && rows[count].Counts.Time <= time; count++)
        {
            events += rows[count].Counts.Events;
            competing += rows[count].Counts.CompetingEvents;
        }

        var answer = new IncidenceAt { Time = time, EventCount = events, CompetingEventCount = competing };
        if (rows.Length == 0)
        {
            return answer;
        }

        var beyond = time > rows[^1].Counts.Time;
        answer = answer with { IsBeyondLastFollowUp = beyond, AtRisk = beyond ? 0 : AtRisk(count, time) };
        if (count == 0)
        {
            return answer with { Incidence = 0, StandardError = 0 };
        }

        var row = rows[count - 1];
        return beyond && row.EventFree > 0 && !extend
            ? answer
            : answer with { Incidence = row.Incidence, StandardError = row.StandardError, Lower = row.Lower, Upper = row.Upper };
    }

    // Between two rows nobody leaves, so the next row tells who is at risk.
    private int AtRisk(int count, double time) =>
        count > 0 && rows[count - 1].Counts.Time == time ? rows[count - 1].Counts.AtRisk : rows[count].Counts.AtRisk;
}

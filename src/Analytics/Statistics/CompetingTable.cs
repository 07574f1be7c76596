namespace Equecel.Analytics.Statistics;

/// <summary>A group of subjects with two competing events: counts at each distinct time, in order of time.</summary>
internal sealed class CompetingTable
{
    private readonly CompetingRow[] rows;

    /// <summary>Takes rows that belong to one group.</summary>
    /// <param name="rows">One per distinct time, times rising.</param>
    public CompetingTable(CompetingRow[] rows)
    {
        this.rows = rows;
        foreach (var row in rows)
        {
            EventCount += row.Events;
            CompetingEventCount += row.CompetingEvents;
            CensoredCount += row.Censored;
        }
    }

    /// <summary>One row per distinct time, times rising.</summary>
    public IReadOnlyList<CompetingRow> Rows => rows;

    /// <summary>How many subjects the table counts.</summary>
    public int SubjectCount => EventCount + CompetingEventCount + CensoredCount;

    /// <summary>How many of them had the event of interest.</summary>
    public int EventCount { get; }

    /// <summary>How many of them had the competing event.</summary>
    public int CompetingEventCount { get; }

    /// <summary>How many of them were last seen without either.</summary>
    public int CensoredCount { get; }

    /// <summary>Counts whole days, in time proportional to subjects plus days.</summary>
    /// <param name="days">Day on which the observation ended, one per subject.</param>
    /// <param name="outcomes">How it ended, one per subject.</param>
    /// <exception cref="ArgumentException">The columns differ in length, a day is out of the calendar, or an outcome is none.</exception>
    public static CompetingTable FromDays(ReadOnlySpan<int> days, ReadOnlySpan<CompetingOutcome> outcomes)
    {
        if (days.Length != outcomes.Length)
        {
            throw new ArgumentException($"There are {days.Length} days and {outcomes.Length} outcomes.", nameof(outcomes));
        }

        var counts = new DayCounts();
        for (var i = 0; i < days.Length; i++)
        {
            counts.Add(days[i], outcomes[i]);
        }

        return counts.ToCompetingTable();
    }

    /// <summary>The same subjects with the two events exchanged.</summary>
    public CompetingTable Exchanged() =>
        new(Array.ConvertAll(rows, row => row with { Events = row.CompetingEvents, CompetingEvents = row.Events }));

    /// <summary>The same subjects with any event as the event: for the time without either, and for the time of follow-up.</summary>
    public EventTable AnyEvent() =>
        new(Array.ConvertAll(rows, row => new EventRow(row.Time, row.AtRisk, row.Events + row.CompetingEvents, row.Censored)));
}

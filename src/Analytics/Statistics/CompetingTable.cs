namespace Equecel.Analytics.Statistics;

/// <summary>A group of subjects with two competing events: counts at each distinct time, in order of time.</summary>
internal sealed class CompetingTable
{
    private readonly CompetingRow[] rows;

    private CompetingTable(CompetingRow[] rows)
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

        // Outcome k of day d at 3d + k.
        var counts = new int[3 * (LastDay(days) + 1)];
        for (var i = 0; i < days.Length; i++)
        {
            var outcome = outcomes[i];
            if (outcome > CompetingOutcome.CompetingEvent)
            {
                throw new ArgumentOutOfRangeException(nameof(outcomes), outcome, "There are two events and censoring.");
            }

            counts[(3 * days[i]) + (int)outcome]++;
        }

        var rows = new List<CompetingRow>();
        var atRisk = days.Length;
        for (var i = 0; atRisk > 0; i += 3)
        {
            var here = counts[i] + counts[i + 1] + counts[i + 2];
            if (here > 0)
            {
                rows.Add(new CompetingRow(i / 3, atRisk, counts[i + 1], counts[i + 2], counts[i]));
                atRisk -= here;
            }
        }

        return new CompetingTable([.. rows]);
    }

    /// <summary>The same subjects with the two events exchanged.</summary>
    public CompetingTable Exchanged() =>
        new(Array.ConvertAll(rows, row => row with { Events = row.CompetingEvents, CompetingEvents = row.Events }));

    /// <summary>The same subjects with any event as the event: for the time without either, and for the time of follow-up.</summary>
    public EventTable AnyEvent() =>
        new(Array.ConvertAll(rows, row => new EventRow(row.Time, row.AtRisk, row.Events + row.CompetingEvents, row.Censored)));

    private static int LastDay(ReadOnlySpan<int> days)
    {
        var last = 0;
        foreach (var day in days)
        {
            last = day is < 0 or > DayCounts.MaxDay
                ? throw new ArgumentOutOfRangeException(nameof(days), day, $"A day runs from 0 to {DayCounts.MaxDay}.")
                : Math.Max(last, day);
        }

        return last;
    }
}

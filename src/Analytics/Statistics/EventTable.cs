namespace Equecel.Analytics.Statistics;

/// <summary>A group of subjects as survival statistics see it: counts at each distinct time, in order of time.</summary>
/// <remarks>
/// Everything in this folder is computed from such tables, so its cost depends on the number of distinct times and not on
/// the number of subjects. A group without subjects is a table without rows.
/// </remarks>
internal sealed class EventTable
{
    // R: .Machine$double.eps^0.5, below which survfit takes two times for one.
    private const double TieTolerance = 1.4901161193847656e-8;

    private readonly EventRow[] rows;
    private readonly double[]? entries;

    /// <summary>Takes rows that are already counted.</summary>
    /// <param name="rows">One row per distinct time, times rising.</param>
    /// <param name="entries">Entry times, rising; null when everybody is at risk from the origin.</param>
    internal EventTable(EventRow[] rows, double[]? entries = null)
    {
        this.rows = rows;
        this.entries = entries;
        foreach (var row in rows)
        {
            EventCount += row.Events;
            CensoredCount += row.Censored;
        }
    }

    /// <summary>One row per distinct time of an event or a censoring, times rising.</summary>
    public IReadOnlyList<EventRow> Rows => rows;

    /// <summary>How many subjects the table counts.</summary>
    public int SubjectCount => EventCount + CensoredCount;

    /// <summary>How many of them had the event.</summary>
    public int EventCount { get; }

    /// <summary>How many of them were last seen without the event.</summary>
    public int CensoredCount { get; }

    /// <summary>Whether subjects came under observation after the origin (left truncation).</summary>
    public bool HasDelayedEntry => entries is not null;

    /// <summary>Counts whole days, in time proportional to subjects plus days.</summary>
    /// <param name="days">Day of the event or of the censoring, one per subject.</param>
    /// <param name="events">Whether the subject had the event; false is censored. (CDISC <c>CNSR</c> runs the other way.)</param>
    /// <exception cref="ArgumentException">The columns differ in length, or a day is negative or beyond the calendar.</exception>
    public static EventTable FromDays(ReadOnlySpan<int> days, ReadOnlySpan<bool> events)
    {
        var counts = new DayCounts();
        counts.Add(days, events);
        return counts.ToTable();
    }

    /// <summary>Counts times that need not be whole, by sorting.</summary>
    /// <param name="times">Time of the event or of the censoring, one per subject.</param>
    /// <param name="events">Whether the subject had the event; false is censored.</param>
    /// <param name="entries">When the subject came under observation; left out when all did at the origin.</param>
    /// <remarks>
    /// As in R, times that differ by less than 1.49e-8, absolute or relative to the mean of the distinct times, are one time.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The columns differ in length, a time is negative or not finite, or an entry is not before its time.
    /// </exception>
    public static EventTable FromTimes(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> entries = default)
    {
        Check(times, events.Length, entries);

        var sortedTimes = times.ToArray();
        var sortedEvents = events.ToArray();
        Array.Sort(sortedTimes, sortedEvents);
        var sortedEntries = entries.IsEmpty ? null : entries.ToArray();
        sortedEntries?.AsSpan().Sort();

        var tolerance = TieTolerance * Math.Max(1, MeanOfDistinct(sortedTimes));
        var rows = new List<EventRow>();
        for (int first = 0, next; first < sortedTimes.Length; first = next)
        {
            var eventCount = 0;
            for (next = first; next < sortedTimes.Length && (next == first || sortedTimes[next] - sortedTimes[next - 1] <= tolerance); next++)
            {
                eventCount += sortedEvents[next] ? 1 : 0;
            }

            var entered = sortedEntries is null ? sortedTimes.Length : CountBelow(sortedEntries, sortedTimes[first] - tolerance);
            rows.Add(new EventRow(sortedTimes[first], entered - first, eventCount, next - first - eventCount));
        }

        return new EventTable([.. rows], sortedEntries);
    }

    /// <summary>The same subjects with event and censoring exchanged, for the time of follow-up.</summary>
    /// <remarks>Source: Schemper and Smith, Controlled Clinical Trials 17:343, 1996.</remarks>
    public EventTable Reversed() =>
        new(Array.ConvertAll(rows, row => row with { Events = row.Censored, Censored = row.Events }), entries);

    /// <summary>How many subjects are under observation just before a time; 0 after the last one.</summary>
    /// <param name="time">The time, in the unit of the input.</param>
    public int AtRisk(double time)
    {
        var left = 0;
        foreach (var row in rows)
        {
            if (row.Time >= time)
            {
                break;
            }

            left += row.Events + row.Censored;
        }

        return (entries is null ? SubjectCount : CountBelow(entries, time)) - left;
    }

    private static void Check(ReadOnlySpan<double> times, int eventCount, ReadOnlySpan<double> entries)
    {
        if (eventCount != times.Length || (!entries.IsEmpty && entries.Length != times.Length))
        {
            throw new ArgumentException($"There are {times.Length} times, {eventCount} event marks and {entries.Length} entry times.", nameof(times));
        }

        for (var i = 0; i < times.Length; i++)
        {
            if (!(times[i] >= 0 && double.IsFinite(times[i])))
            {
                throw new ArgumentOutOfRangeException(nameof(times), times[i], $"Time {i} is not a number from 0 up.");
            }

            if (!entries.IsEmpty && !(entries[i] < times[i]))
            {
                throw new ArgumentOutOfRangeException(nameof(entries), entries[i], $"Entry {i} is not before its time, {times[i]}.");
            }
        }
    }

    private static double MeanOfDistinct(double[] sorted)
    {
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                sum += sorted[i];
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static int CountBelow(double[] sorted, double limit)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

namespace Equecel.Analytics.Statistics;

/// <summary>Counts the subjects of one group per day, in one pass over a cohort and without sorting.</summary>
internal sealed class DayCounts
{
    /// <summary>The longest time that two civil dates can be apart, in days.</summary>
    public const int MaxDay = 3_652_058;

    // Censorings of day d at 2d, its events at 2d + 1.
    private int[] counts = new int[2048];

    /// <summary>Counts one subject.</summary>
    /// <param name="day">Day of the event or of the censoring, from 0 to <see cref="MaxDay"/>.</param>
    /// <param name="isEvent">Whether the subject had the event; false is censored.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day is negative or beyond <see cref="MaxDay"/>.</exception>
    public void Add(int day, bool isEvent) => Add(new ReadOnlySpan<int>(in day), new ReadOnlySpan<bool>(in isEvent));

    /// <summary>Counts a column of subjects.</summary>
    /// <param name="days">Day of the event or of the censoring, one per subject.</param>
    /// <param name="events">Whether the subject had the event, one per subject.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or a day is out of range.</exception>
    public void Add(ReadOnlySpan<int> days, ReadOnlySpan<bool> events)
    {
        if (days.Length != events.Length)
        {
            throw new ArgumentException($"There are {days.Length} days and {events.Length} event marks.", nameof(events));
        }

        // The field in a local halves the time: the loop then need not read it back after every count.
        var current = counts;
        for (var i = 0; i < days.Length; i++)
        {
            var day = days[i];
            if ((uint)day >= (uint)current.Length / 2)
            {
                MakeRoomFor(day);
                current = counts;
            }

            current[(2 * day) + (events[i] ? 1 : 0)]++;
        }
    }

    /// <summary>The counts so far as a table.</summary>
    public EventTable ToTable()
    {
        var (distinct, atRisk) = (0, 0);
        for (var i = 0; i < counts.Length; i += 2)
        {
            var here = counts[i] + counts[i + 1];
            atRisk += here;
            distinct += here > 0 ? 1 : 0;
        }

        var rows = new EventRow[distinct];
        for (int i = 0, row = 0; row < distinct; i += 2)
        {
            var here = counts[i] + counts[i + 1];
            if (here > 0)
            {
                rows[row++] = new EventRow(i / 2, atRisk, counts[i + 1], counts[i]);
                atRisk -= here;
            }
        }

        return new EventTable(rows);
    }

    private void MakeRoomFor(int day)
    {
        if (day is < 0 or > MaxDay)
        {
            throw new ArgumentOutOfRangeException(nameof(day), day, $"A day runs from 0 to {MaxDay}.");
        }

        Array.Resize(ref counts, Math.Max(2 * (day + 1), 2 * counts.Length));
    }
}

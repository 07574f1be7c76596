namespace Equecel.Analytics.Statistics;

/// <summary>Counts the subjects of one group per day, in one pass over a cohort and without sorting.</summary>
internal sealed class DayCounts
{
    /// <summary>The longest time that two civil dates can be apart, in days.</summary>
    public const int MaxDay = 3_652_058;

    private const int FirstRoom = 1024;

    // Outcome k of day d at 3d + k.
    private int[] counts = new int[3 * FirstRoom];

    // Days that there is room for.
    private int room = FirstRoom;

    /// <summary>Counts one subject.</summary>
    /// <param name="day">Day of the event or of the censoring, from 0 to <see cref="MaxDay"/>.</param>
    /// <param name="isEvent">Whether the subject had the event; false is censored.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day is negative or beyond <see cref="MaxDay"/>.</exception>
    public void Add(int day, bool isEvent) => Add(day, isEvent ? CompetingOutcome.Event : CompetingOutcome.Censored);

    /// <summary>Counts one subject.</summary>
    /// <param name="day">Day on which the observation ended, from 0 to <see cref="MaxDay"/>.</param>
    /// <param name="outcome">How it ended.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day is negative or beyond <see cref="MaxDay"/>, or the outcome is none.</exception>
    public void Add(int day, CompetingOutcome outcome)
    {
        if (outcome > CompetingOutcome.CompetingEvent)
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There are two events and censoring.");
        }

        if ((uint)day >= (uint)room)
        {
            MakeRoomFor(day);
        }

        counts[(3 * day) + (int)outcome]++;
    }

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

        // The fields in locals halve the time: the loop then need not read them back after every count.
        var (current, known) = (counts, room);
        for (var i = 0; i < days.Length; i++)
        {
            var day = days[i];
            if ((uint)day >= (uint)known)
            {
                MakeRoomFor(day);
                (current, known) = (counts, room);
            }

            current[(3 * day) + (events[i] ? 1 : 0)]++;
        }
    }

    /// <summary>The counts so far as a table of the event of interest; whom the other event took away is censored there.</summary>
    public EventTable ToTable() =>
        new(Array.ConvertAll(Rows(), row => new EventRow(row.Time, row.AtRisk, row.Events, row.Censored + row.CompetingEvents)));

    /// <summary>The counts so far as a table of both events.</summary>
    public CompetingTable ToCompetingTable() => new(Rows());

    private CompetingRow[] Rows()
    {
        var (distinct, atRisk) = (0, 0);
        for (var i = 0; i < counts.Length; i += 3)
        {
            var here = counts[i] + counts[i + 1] + counts[i + 2];
            atRisk += here;
            distinct += here > 0 ? 1 : 0;
        }

        var rows = new CompetingRow[distinct];
        for (int i = 0, row = 0; row < distinct; i += 3)
        {
            var here = counts[i] + counts[i + 1] + counts[i + 2];
            if (here > 0)
            {
                rows[row++] = new CompetingRow(i / 3, atRisk, counts[i + 1], counts[i + 2], counts[i]);
                atRisk -= here;
            }
        }

        return rows;
    }

    private void MakeRoomFor(int day)
    {
        if (day is < 0 or > MaxDay)
        {
            throw new ArgumentOutOfRangeException(nameof(day), day, $"A day runs from 0 to {MaxDay}.");
        }

        room = Math.Max(day + 1, 2 * room);
        Array.Resize(ref counts, 3 * room);
    }
}

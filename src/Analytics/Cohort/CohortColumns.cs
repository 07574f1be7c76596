using Equecel.Common.V1;

namespace Equecel.Analytics.Cohort;

/// <summary>The facts of all participants, one column a fact and one row a participant. Grows by doubling; not safe for threads.</summary>
internal sealed class CohortColumns
{
    private const int FirstCapacity = 64;

    private readonly Dictionary<string, short> siteNumbers = [];
    private readonly List<string> sites = [];
    private short[] siteOf = new short[FirstCapacity];
    private byte[] origins = new byte[FirstCapacity];
    private Marks[] marks = new Marks[FirstCapacity];

    // No date is the first day of the calendar, which no form can hold.
    private DateOnly[] infusions = new DateOnly[FirstCapacity];
    private DateOnly[] lastAlive = new DateOnly[FirstCapacity];
    private DateOnly[] deaths = new DateOnly[FirstCapacity];

    [Flags]
    private enum Marks : byte
    {
        Collected = 1,
        DeathDateCompleted = 2,
    }

    /// <summary>Participants, also those of whom nothing counts any more.</summary>
    public int Count { get; private set; }

    /// <summary>Codes of the sites, at the position that <see cref="SiteOf"/> gives.</summary>
    public IReadOnlyList<string> Sites => sites;

    /// <summary>The facts of one participant.</summary>
    /// <param name="row">The row.</param>
    public ParticipantFacts this[int row]
    {
        get => new(
            (marks[row] & Marks.Collected) != 0,
            (DataOrigin)origins[row],
            OrNull(infusions[row]),
            OrNull(lastAlive[row]),
            OrNull(deaths[row]),
            (marks[row] & Marks.DeathDateCompleted) != 0);
        set
        {
            marks[row] = (value.IsCollected ? Marks.Collected : 0) | (value.IsDeathDateCompleted ? Marks.DeathDateCompleted : 0);
            origins[row] = (byte)value.Origin;
            infusions[row] = value.InfusionDate ?? default;
            lastAlive[row] = value.LastAliveDate ?? default;
            deaths[row] = value.DeathDate ?? default;
        }
    }

    /// <summary>Position of the participant's site in <see cref="Sites"/>.</summary>
    /// <param name="row">The row.</param>
    public int SiteOf(int row) => siteOf[row];

    /// <summary>Adds a participant without facts.</summary>
    /// <param name="site">Code of the site.</param>
    /// <returns>The row.</returns>
    public int Add(string site)
    {
        if (!siteNumbers.TryGetValue(site, out var number))
        {
            number = checked((short)sites.Count);
            siteNumbers.Add(site, number);
            sites.Add(site);
        }

        if (Count == siteOf.Length)
        {
            Grow();
        }

        siteOf[Count] = number;
        return Count++;
    }

    private void Grow()
    {
        var capacity = 2 * Count;
        Array.Resize(ref siteOf, capacity);
        Array.Resize(ref origins, capacity);
        Array.Resize(ref marks, capacity);
        Array.Resize(ref infusions, capacity);
        Array.Resize(ref lastAlive, capacity);
        Array.Resize(ref deaths, capacity);
    }

    private static DateOnly? OrNull(DateOnly date) => date == default ? null : date;
}

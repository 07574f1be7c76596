using Equecel.Common.V1;

namespace Equecel.Analytics.Tables;

/// <summary>Whom an answer is about.</summary>
/// <param name="Sites">Codes of the sites; empty for all. Who reads participants reads only theirs.</param>
/// <param name="Origin">Where the data came from; unspecified for all.</param>
/// <param name="Subgroups">The groups that a participant is in, all of them.</param>
internal sealed record StudyPopulation(IReadOnlySet<string> Sites, DataOrigin Origin, IReadOnlyList<V1.Subgroup> Subgroups)
{
    /// <summary>Reads it.</summary>
    /// <param name="population">As it was asked for, with nothing wrong; null for everybody.</param>
    public static StudyPopulation Of(V1.Population? population) =>
        new(population?.Sites.ToHashSet(StringComparer.Ordinal) ?? [], population?.Origin ?? DataOrigin.Unspecified, [.. population?.Subgroups ?? []]);

    /// <summary>Whether it has a site.</summary>
    /// <param name="site">Code of the site.</param>
    public bool HasSite(string site) => Sites.Count == 0 || Sites.Contains(site);

    /// <summary>Whether it has data from there.</summary>
    /// <param name="origin">Where a participant's data came from.</param>
    public bool Includes(DataOrigin origin) => Origin == DataOrigin.Unspecified || Origin == origin;

    /// <summary>Whether it has a participant of its sites.</summary>
    /// <param name="subject">The participant.</param>
    public bool Includes(Subject subject) => Includes(subject.Origin) && Subgroups.All(one => Groups.Of(subject, one.Grouping)!.Key == one.Key);
}

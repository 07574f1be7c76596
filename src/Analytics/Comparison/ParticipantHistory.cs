using Equecel.Analytics.Dossiers;

namespace Equecel.Analytics.Comparison;

/// <summary>All that the platform knew of one participant at two moments.</summary>
/// <param name="Participant">Code, such as <c>01-0001</c>.</param>
/// <param name="Site">Code of the site.</param>
/// <param name="Records">The records, in the order in which they began.</param>
internal sealed record ParticipantHistory(string Participant, string Site, IReadOnlyList<RecordHistory> Records)
{
    /// <summary>Versions that were saved between.</summary>
    public int ChangeCount => Records.Sum(record => record.Changes.Count);

    /// <summary>The dossier with each record as it was at one of the two moments.</summary>
    /// <param name="isAfter">Whether a record is taken as of the later one.</param>
    public Dossier ToDossier(Func<RecordHistory, bool> isAfter) =>
        new(Participant, Site, [.. Records.Select(record => isAfter(record) ? record.After : record.Before).OfType<DossierRecord>()]);
}

using Equecel.Analytics.Dossiers;

namespace Equecel.Analytics.Comparison;

/// <summary>A record at two moments.</summary>
/// <param name="Service">Name of the service that holds it.</param>
/// <param name="Kind">Its kind, such as <c>adverse_event</c>.</param>
/// <param name="RecordId">UUID of the record.</param>
/// <param name="VersionBefore">The latest version at the earlier moment; 0 when there was none.</param>
/// <param name="Before">What counted of it at the earlier moment; null when nothing did.</param>
/// <param name="After">What counts of it at the later moment; null when nothing does.</param>
/// <param name="Changes">The versions that were saved between, in their order.</param>
internal sealed record RecordHistory(
    string Service, string Kind, Guid RecordId, int VersionBefore, DossierRecord? Before, DossierRecord? After, IReadOnlyList<V1.VersionChange> Changes)
{
    /// <summary>Whether a version was saved between.</summary>
    public bool IsChanged => Changes.Count > 0;

    /// <summary>The difference as the contract has it.</summary>
    public V1.RecordDifference ToV1() => new()
    {
        Service = Service,
        Kind = Kind,
        RecordId = $"{RecordId}",
        VersionBefore = VersionBefore,
        VersionAfter = IsChanged ? Changes[^1].Version : VersionBefore,
        Changes = { Changes },
    };
}

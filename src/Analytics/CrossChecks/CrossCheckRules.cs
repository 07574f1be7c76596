using Equecel.Analytics.Dossiers;

namespace Equecel.Analytics.CrossChecks;

/// <summary>The edit checks that no capture service can make, since each needs records of another one.</summary>
/// <remarks>
/// Source: clinical domain reference, section 1.5. They are questions to the site whatever their severity there: a save does not wait
/// for another service, so nothing is refused because of one.
/// </remarks>
internal static class CrossCheckRules
{
    /// <summary>Everything that is asked about a participant now.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier) =>
    [
        .. AfterDeathCheck.Run(dossier),
        .. DispositionCheck.Run(dossier),
        .. LastAliveCheck.Run(dossier),
        .. ProgressionCheck.Run(dossier),
        .. CytopeniaCheck.Run(dossier),
        .. EncounterCheck.Run(dossier),
    ];
}

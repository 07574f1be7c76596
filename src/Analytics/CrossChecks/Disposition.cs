using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.CrossChecks;

/// <summary>How a participant stands with the study.</summary>
internal static class Disposition
{
    /// <summary>The follow-up that says so: the latest by the date of its status; of two of one day the later status.</summary>
    /// <param name="dossier">The participant.</param>
    /// <returns>Null when there is no follow-up.</returns>
    public static DossierForm<FollowUp>? FindLatest(Dossier dossier) => dossier.All<FollowUp>()
        .OrderBy(found => PartialDate.FindDay(found.Form.StatusDate) ?? DateOnly.MinValue).ThenBy(found => found.Form.Status)
        .Select(found => (DossierForm<FollowUp>?)found).LastOrDefault();
}

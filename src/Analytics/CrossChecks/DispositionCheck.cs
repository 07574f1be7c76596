using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Status = Equecel.Enrolment.V1.FollowUp.Types.Status;

namespace Equecel.Analytics.CrossChecks;

/// <summary>E26: a follow-up tells of a death that Safety does not have, or the latest follow-up tells of none that Safety has.</summary>
/// <remarks>Who completed week 24 and died later did both. Without any follow-up nothing disagrees.</remarks>
internal static class DispositionCheck
{
    /// <summary>Finds the record that stands alone.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier)
    {
        var deaths = dossier.All<Death>().ToList();
        if (deaths.Count == 0)
        {
            return dossier.All<FollowUp>().Where(found => found.Form.Status == Status.Death).Select(found => Ask(found.Record, "status"));
        }

        return Disposition.FindLatest(dossier) is { Form: var latest } && latest.Status is not (Status.Death or Status.Unspecified) && !IsCompletedBefore(latest, deaths[0].Form)
            ? [Ask(deaths[0].Record, "death_date")]
            : [];
    }

    private static bool IsCompletedBefore(FollowUp latest, Death death) =>
        latest.Status == Status.CompletedW24 && PartialDate.FindDay(latest.StatusDate) is { } day && !(day > DaySpan.Find(death.DeathDate)?.Latest);

    private static CrossCheck Ask(DossierRecord record, string field) =>
        new(record, field, "E26", "Disposition and death record do not agree.", "研究结局与死亡记录不一致。");
}

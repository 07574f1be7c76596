using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Status = Equecel.Enrolment.V1.FollowUp.Types.Status;

namespace Equecel.Analytics.CrossChecks;

/// <summary>S27: an encounter after the participation ended, as Enrolment knows it now. What Safety knows when it saves one it refuses.</summary>
internal static class EncounterCheck
{
    /// <summary>Finds the encounters.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier)
    {
        var end = dossier.All<Participation>().Select(found => WithdrawalOf(found.Form)).Append(LeavingOf(Disposition.FindLatest(dossier)?.Form)).Min();
        return dossier.All<HealthcareEncounter>().Where(found => PartialDate.FindDay(found.Form.Date) > end)
            .Select(found => new CrossCheck(found.Record, "date", "S27", "Encounter after end of participation.", "就诊日期晚于退出/死亡。"));
    }

    // A withdrawal from the questionnaires alone lets everything else go on.
    private static DateOnly? WithdrawalOf(Participation form) =>
        form.WithdrawalScope == Participation.Types.WithdrawalScope.AlsoQolOnly ? null : PartialDate.FindDay(form.ConsentWithdrawalDate);

    private static DateOnly? LeavingOf(FollowUp? latest) =>
        latest?.Status is Status.Death or Status.LostToFollowUp or Status.WithdrewConsent or Status.Physician or Status.Other
            ? PartialDate.FindDay(latest.StatusDate)
            : null;
}

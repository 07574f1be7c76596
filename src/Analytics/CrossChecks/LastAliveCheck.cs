using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Safety.V1;
using Status = Equecel.Enrolment.V1.FollowUp.Types.Status;

namespace Equecel.Analytics.CrossChecks;

/// <summary>E28: the latest follow-up says that the participant was last known alive before a contact that another service has.</summary>
/// <remarks>
/// A follow-up tells what was known at the date of its status: later contacts do not contradict it, unless it says that there were none
/// to come. Contacts after the recorded death are E25's.
/// </remarks>
internal static class LastAliveCheck
{
    private const string Enrolment = "enrolment";

    /// <summary>Finds the follow-up.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier)
    {
        if (Disposition.FindLatest(dossier) is not { } latest || PartialDate.FindDay(latest.Form.LastKnownAliveDate) is not { } alive)
        {
            return [];
        }

        var known = latest.Form.Status is Status.Death or Status.LostToFollowUp ? DateOnly.MaxValue : PartialDate.FindDay(latest.Form.StatusDate) ?? alive;
        var death = dossier.Find<Death>() is { } form ? DaySpan.Find(form.DeathDate)?.Latest : null;
        var by = death < known ? death : known;
        return dossier.Records.Any(record => record.Service != Enrolment && RecordFacts.ContactOf(record.Form, by) > alive)
            ? [new CrossCheck(latest.Record, "last_known_alive_date", "E28", "Last known alive date is earlier than a later visit.", "最后存活日期早于已有随访。")]
            : [];
    }
}

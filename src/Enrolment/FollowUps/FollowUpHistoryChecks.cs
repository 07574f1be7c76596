using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.FollowUp.Types;

namespace Equecel.Enrolment.FollowUps;

/// <summary>Edit checks of a follow-up against the participant's other records.</summary>
internal static class FollowUpHistoryChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(FollowUp form, FormContext context)
    {
        var others = Journey.Others<FollowUp>(context).ToList();
        var (since, alive, contact) = (CivilDate.Find(form.StatusDate), CivilDate.Find(form.LastKnownAliveDate), CivilDate.Find(form.LastContactDate));
        var death = others.Where(other => other.Status == Status.Death).Select(other => CivilDate.Find(other.StatusDate)).Min();
        yield return alive > death ? JourneyDates.AfterDeath("last_known_alive_date") : null;
        yield return form.Status != Status.Death && contact > death ? JourneyDates.AfterDeath("last_contact_date") : null;
        yield return form.Status == Status.Death && (Alive(others).Any(day => day > since) || Treatments(context).Any(day => day > since))
            ? Check.Hard("E25", "status_date", "Record is dated after death. The participant was seen alive, or treated, later than this.", "记录日期晚于死亡日期：此后仍有存活或治疗记录。")
            : null;

        // An earlier follow-up tells what was known then.
        yield return others.TrueForAll(other => CivilDate.Find(other.StatusDate) is not { } later || !(later > since))
            && (Alive(others).Any(day => day > alive) || Treatments(context).Any(day => day > alive))
            ? Check.Query("E28", "last_known_alive_date", "Last known alive date is earlier than a later visit.", "最后存活日期早于已有随访。")
            : null;
    }

    private static IEnumerable<DateOnly?> Alive(List<FollowUp> followUps) => followUps.Select(form => CivilDate.Find(form.LastKnownAliveDate));

    private static IEnumerable<DateOnly?> Treatments(FormContext context) =>
        Journey.Others<Infusion>(context).Where(form => form.SecondInfusion).Select(form => CivilDate.FindInChina(form.StartTime))
            .Concat(Journey.Others<Leukapheresis>(context).Select(form => CivilDate.Find(form.CollectionDate)))
            .Append(CivilDate.Find(context.Facts?.NewTherapyDate ?? ""));
}

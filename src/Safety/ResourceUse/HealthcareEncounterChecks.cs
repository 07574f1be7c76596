using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.HealthcareEncounter.Types;

namespace Equecel.Safety.ResourceUse;

/// <summary>Edit checks of a contact with health care.</summary>
public static class HealthcareEncounterChecks
{
    private const int MostProcedures = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(HealthcareEncounter form, FormContext context)
    {
        yield return Check.Needed("date", form.Date.Length > 0);
        yield return Check.Date("date", form.Date, out var date);
        yield return Check.NotInFuture(context, "date", date);
        yield return IsAfterParticipation(date, context)
            ? Check.Hard("S27", "date", "Encounter after end of participation.", "就诊日期晚于退出/死亡。")
            : null;
        yield return Check.Needed("kind", form.Kind != Kind.Unspecified);
        yield return Check.Required(context, "reason", form.Reason != Reason.Unspecified);
        yield return Lists.NeededText("reason_text", form.Reason == Reason.Other, form.ReasonText, 500);
        foreach (var finding in Links.ToAll<AdverseEvent>(context, "adverse_event_record_ids", form.AdverseEventRecordIds))
        {
            yield return finding;
        }

        yield return form.Kind == Kind.Emergency ? Check.Required(context, "admitted_after", form.AdmittedAfter != YesNoUnknown.Unspecified) : null;
        yield return form.Kind is not (Kind.Emergency or Kind.Unspecified) && form.AdmittedAfter != YesNoUnknown.Unspecified
            ? Check.Hard("F04", "admitted_after", "Asked for an emergency room only.", "仅急诊时填写。")
            : null;
        yield return Check.Count("procedures", form.Procedures, MostProcedures);
        foreach (var (i, procedure) in form.Procedures.Take(MostProcedures).Index())
        {
            yield return Lists.NeededText($"procedures[{i}]", isNeeded: true, procedure, 200);
        }

        yield return Check.Range("cost_cny", form.HasCostCny ? form.CostCny : null, (0, 5_000_000));
    }

    private static bool IsAfterParticipation(DateOnly? date, FormContext context) =>
        date > EventDate.DeathOf(context)?.Latest
        || (context.Facts is { HasCollectionEndDate: true } facts && date > CivilDate.Find(facts.CollectionEndDate));
}

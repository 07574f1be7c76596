using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;

namespace Equecel.Safety.ResourceUse;

/// <summary>Edit checks of a prescription.</summary>
public static class PrescriptionChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(Prescription form, FormContext context)
    {
        yield return Lists.NeededText("drug", isNeeded: true, form.Drug, 200);
        yield return IsAtc(form.AtcCode) ? null : Check.Hard("F03", "atc_code", "An ATC code looks like J05AB01, or its first levels.", "ATC编码格式如J05AB01，或其前几级。");
        yield return Check.Needed("start_date", form.StartDate.Length > 0);
        yield return EventDate.Partial("start_date", form.StartDate, out var start);
        yield return EventDate.Partial("end_date", form.EndDate, out var end);
        foreach (var finding in EventDate.Checks(context, "start_date", start?.Earliest).Concat(EventDate.Checks(context, "end_date", end?.Earliest)))
        {
            yield return finding;
        }

        yield return end?.Latest < start?.Earliest ? Check.Hard("E10", "end_date", "End date is before start date.", "结束日期早于开始日期。") : null;
        yield return form.Ongoing == form.EndDate.Length > 0 && (form.Ongoing || !context.Missing.ContainsKey("end_date"))
            ? Check.Hard("F01", "end_date", "Give an end date or mark as ongoing, not both.", "请填写结束日期或勾选\"持续中\"，二者选一。")
            : null;
        foreach (var finding in Lists.Dose("", form.HasDose ? form.Dose : null, form.DoseUnit))
        {
            yield return finding;
        }

        yield return Check.Text("frequency", form.Frequency, 100);
        yield return Check.RequiredText(context, "indication", form.Indication, 200);
        yield return Links.To<AdverseEvent>(context, "adverse_event_record_id", form.AdverseEventRecordId);
        yield return form.NewlyStarted == YesNoUnknown.Yes && start?.Latest < EventDate.InfusionOf(context)
            ? Check.Query("S28", "newly_started", "Drug was already taken before infusion; is it new?", "该药回输前已使用，是否为新增？")
            : null;
    }

    // A letter, two digits, two letters, two digits; a higher level stops earlier.
    private static bool IsAtc(string code) => code.Length is 0 or 1 or 3 or 4 or 5 or 7
        && code.Index().All(sign => sign.Index is 0 or 3 or 4 ? char.IsAsciiLetterUpper(sign.Item) : char.IsAsciiDigit(sign.Item));
}

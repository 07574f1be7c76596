using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of an adverse event's course: when it began and ended, how it went.</summary>
internal static class EventDateChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form, FormContext context)
    {
        yield return Check.Needed("onset_date", form.OnsetDate.Length > 0);
        yield return EventDate.Partial("onset_date", form.OnsetDate, out var onset);
        yield return EventDate.OnDay("onset_time", form.OnsetTime, "onset_date", onset);
        yield return EventDate.Partial("end_date", form.EndDate, out var end);
        yield return EventDate.OnDay("end_time", form.EndTime, "end_date", end);
        foreach (var finding in EventDate.Checks(context, "onset_date", onset?.Earliest).Concat(EventDate.Checks(context, "end_date", end?.Earliest)))
        {
            yield return finding;
        }

        yield return end?.Latest < onset?.Earliest || (form.OnsetTime is { } began && form.EndTime is { } ended && ended < began)
            ? Check.Hard("S01", "end_date", "End is before onset.", "结束早于开始。")
            : null;
        var (hasEnd, isStated) = (form.EndDate.Length > 0, context.Missing.ContainsKey("end_date"));
        yield return form.Ongoing == hasEnd && (form.Ongoing || !isStated)
            ? Check.Hard("S02", "end_date", "Give an end date or mark as ongoing.", "请填写结束日期或勾选\"持续中\"。")
            : null;
        yield return Check.Required(context, "outcome", form.Outcome != EventOutcome.Unspecified);
        yield return form.Outcome is EventOutcome.Recovered or EventOutcome.RecoveredWithSequelae && !hasEnd && !isStated
            ? Check.Hard("S08", "end_date", "Recovered events need an end date.", "已恢复事件须填写结束日期。")
            : null;
        foreach (var finding in Emergence(form, onset?.Latest, context))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding?> Emergence(AdverseEvent form, DateOnly? onset, FormContext context)
    {
        yield return Check.Range("grade_before_infusion", form.HasGradeBeforeInfusion ? form.GradeBeforeInfusion : null, (1, 4));
        var worsened = form is { HasGrade: true, HasGradeBeforeInfusion: true } && form.Grade > form.GradeBeforeInfusion;
        yield return form.TreatmentEmergent == YesNoUnknown.Yes && onset < EventDate.InfusionOf(context) && !worsened
            ? Check.Hard("S03", "treatment_emergent", "Treatment-emergent events start on or after infusion.", "治疗期不良事件应起始于回输当日或之后。")
            : null;
    }
}

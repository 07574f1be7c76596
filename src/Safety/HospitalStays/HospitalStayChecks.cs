using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.HospitalStay.Types;

namespace Equecel.Safety.HospitalStays;

/// <summary>Edit checks of a hospital stay.</summary>
public static class HospitalStayChecks
{
    private const int MostPeriods = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(HospitalStay form, FormContext context)
    {
        yield return Check.Needed("kind", form.Kind != Kind.Unspecified);
        yield return Check.Needed("admission_date", form.AdmissionDate.Length > 0);
        yield return Check.Date("admission_date", form.AdmissionDate, out var admission);
        yield return Check.Date("discharge_date", form.DischargeDate, out var discharge);
        foreach (var finding in Dates(form, admission, discharge, context)
            .Concat(Index(form, admission, discharge, context))
            .Concat(Reason(form, context))
            .Concat(form.IcuPeriods.Take(MostPeriods).Index().SelectMany(period => Icu(period.Item, $"icu_periods[{period.Index}].", form, admission, discharge))))
        {
            yield return finding;
        }

        yield return Check.Count("icu_periods", form.IcuPeriods, MostPeriods);
        yield return Check.Range("cost_cny", form.HasCostCny ? form.CostCny : null, (0, 5_000_000));
    }

    private static IEnumerable<Finding?> Dates(HospitalStay form, DateOnly? admission, DateOnly? discharge, FormContext context)
    {
        foreach (var finding in EventDate.Checks(context, "admission_date", admission).Concat(EventDate.Checks(context, "discharge_date", discharge)))
        {
            yield return finding;
        }

        yield return EventDate.OnDay("admission_time", form.AdmissionTime, "admission_date", Day(admission));
        yield return EventDate.OnDay("discharge_time", form.DischargeTime, "discharge_date", Day(discharge));
        yield return form.Ongoing == form.DischargeDate.Length > 0 && (form.Ongoing || !context.Missing.ContainsKey("discharge_date"))
            ? Check.Hard("F01", "discharge_date", "Give a discharge date or mark as ongoing, not both.", "请填写出院日期或勾选\"住院中\"，二者选一。")
            : null;
        yield return discharge < admission || (form.AdmissionTime is { } began && form.DischargeTime is { } ended && ended < began)
            ? Check.Hard("S11", "discharge_date", "Discharge is before admission.", "出院早于入院。")
            : null;
    }

    private static IEnumerable<Finding?> Index(HospitalStay form, DateOnly? admission, DateOnly? discharge, FormContext context)
    {
        if (form.Kind != Kind.Index || context.Facts is null)
        {
            yield break;
        }

        // Somebody who is admitted for the infusion, and still there, may not have had it yet.
        var infusion = EventDate.InfusionOf(context);
        yield return infusion is null ? form.Ongoing ? null : NoInfusion()
            : admission > infusion || discharge < infusion ? NoInfusion()
            : null;
        yield return context.Others.Any(other => other.Form is HospitalStay { Kind: Kind.Index })
            ? Check.Hard("F10", "kind", "The participant has an index stay already. Amend that one, or choose another kind.", "该受试者已有回输住院记录，请修改原记录或选择其他类型。")
            : null;
    }

    private static IEnumerable<Finding?> Reason(HospitalStay form, FormContext context)
    {
        yield return Check.Required(context, "reason", form.Reason != V1.HospitalStay.Types.Reason.Unspecified);
        yield return Lists.NeededText("reason_text", form.Reason == V1.HospitalStay.Types.Reason.Other, form.ReasonText, 500);
        foreach (var finding in Links.ToAll<AdverseEvent>(context, "adverse_event_record_ids", form.AdverseEventRecordIds))
        {
            yield return finding;
        }

        yield return form.DischargeDate.Length > 0 ? Check.Required(context, "outcome", form.Outcome != Outcome.Unspecified) : null;
        yield return form.Ongoing && form.Outcome != Outcome.Unspecified
            ? Check.Hard("F04", "outcome", "The outcome goes with a discharge.", "出院后方可填写转归。")
            : null;
    }

    private static IEnumerable<Finding?> Icu(IcuPeriod period, string path, HospitalStay form, DateOnly? admission, DateOnly? discharge)
    {
        yield return Check.Needed(path + "in_time", period.InTime is not null);
        yield return form.Ongoing ? null : Check.Needed(path + "out_time", period.OutTime is not null);
        var isOutside = new[] { period.InTime, period.OutTime }.Any(time =>
            CivilDate.FindInChina(time) is { } day && (day < admission || day > discharge
                || (form.AdmissionTime is { } began && time < began) || (form.DischargeTime is { } ended && time > ended)));
        yield return isOutside || (period is { InTime: not null, OutTime: not null } && period.OutTime < period.InTime)
            ? Check.Hard("S12", path + "in_time", "ICU period must lie within the stay.", "ICU时间应在住院期间内。")
            : null;
    }

    private static (DateOnly, DateOnly)? Day(DateOnly? date) => date is { } day ? (day, day) : null;

    private static Finding NoInfusion() => Check.Hard("S14", "kind",
        "The index stay must contain the infusion. Correct the dates, or send the infusion to EnrolmentService first.", "回输住院须包含回输日期，请更正日期或先提交回输记录。");
}

using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;

namespace Equecel.Safety.Toxicities;

/// <summary>Edit checks of the daily record of CRS and ICANS.</summary>
public static class ToxicityDayChecks
{
    /// <summary>Last day of the daily records, counted from the infusion.</summary>
    private const int LastDay = 28;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(ToxicityDay form, FormContext context) => Day(form, context)
        .Concat(Vitals(form, context))
        .Append(Check.Required(context, "crs", form.Crs is not null))
        .Concat(form.Crs is null ? [] : FindingsChecks.Crs(form.Crs, context, needsFever: !form.HasMaxTemperatureCelsius))
        .Append(Check.Required(context, "icans", form.Icans is not null))
        .Concat(form.Icans is null ? [] : FindingsChecks.Icans(form.Icans, context))
        .Concat(Grades(form, context));

    private static IEnumerable<Finding?> Day(ToxicityDay form, FormContext context)
    {
        yield return Check.Needed("date", form.Date.Length > 0);
        yield return Check.Date("date", form.Date, out var date);
        foreach (var finding in EventDate.Checks(context, "date", date))
        {
            yield return finding;
        }

        if (date is not { } day)
        {
            yield break;
        }

        var infusion = EventDate.InfusionOf(context);
        yield return context.Facts is not null && (infusion is null || day < infusion)
            ? Check.Hard("S17", "date", "CRS/ICANS cannot start before infusion. Daily records begin on the day of the infusion.", "CRS/ICANS不能早于回输，每日记录自回输当日开始。")
            : null;
        yield return infusion is { } zero && day > zero.AddDays(LastDay)
            ? Check.Query("E05", "date", $"Unusual date; please confirm. It is after day {LastDay}.", $"date数值异常，请核实。已超过第{LastDay}天。")
            : null;
        yield return context.Others.Any(other => other.Form is ToxicityDay known && known.Date == form.Date)
            ? Check.Hard("F10", "date", "A record of this day already exists. Amend that one.", "该日已有记录，请修改原记录。")
            : null;
    }

    private static IEnumerable<Finding?> Vitals(ToxicityDay form, FormContext context)
    {
        yield return Check.Required(context, "max_temperature_celsius", form.HasMaxTemperatureCelsius);
        yield return Check.Range("max_temperature_celsius", form.HasMaxTemperatureCelsius ? form.MaxTemperatureCelsius : null, (34.0m, 43.0m));
        yield return Check.Range("systolic_mmhg", form.HasSystolicMmhg ? form.SystolicMmhg : null, (30, 260));
        yield return Check.Range("diastolic_mmhg", form.HasDiastolicMmhg ? form.DiastolicMmhg : null, (20, 160));
        yield return form is { HasSystolicMmhg: true, HasDiastolicMmhg: true } && form.DiastolicMmhg >= form.SystolicMmhg
            ? Check.Hard("F02", "diastolic_mmhg", "The diastolic pressure must be below the systolic one.", "舒张压应低于收缩压。")
            : null;
        yield return Check.Range("oxygen_saturation_percent", form.HasOxygenSaturationPercent ? form.OxygenSaturationPercent : null, (40, 100));
    }

    private static IEnumerable<Finding?> Grades(ToxicityDay form, FormContext context)
    {
        yield return Check.Text("override_reason", form.OverrideReason, 500);
        yield return Judged("investigator_crs_grade", form.HasInvestigatorCrsGrade ? form.InvestigatorCrsGrade : null, GradeOf.Crs(form));
        yield return Judged("investigator_icans_grade", form.HasInvestigatorIcansGrade ? form.InvestigatorIcansGrade : null, GradeOf.Icans(form));

        Finding? Judged(string field, int? reported, int? computed) => reported is not { } grade ? null
            : grade is < 0 or > 5 ? Check.Range(field, grade, (0, 5))
            // A death is no finding of the day.
            : computed is { } calculated && calculated != grade && grade != 5 ? AstctGrade.Differs(field, calculated, grade, form.OverrideReason, context.Origin)
            : null;
    }
}

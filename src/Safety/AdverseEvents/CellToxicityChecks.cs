using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.Toxicities;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of an adverse event that is CRS or ICANS.</summary>
internal static class CellToxicityChecks
{
    private const int LastUsualDayOfCrs = 21;
    private const int LastUsualDayOfIcans = 28;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form, FormContext context)
    {
        var (isCrs, isIcans) = (form.SpecialInterest == SpecialInterest.Crs, form.SpecialInterest == SpecialInterest.Icans);
        yield return Misplaced("crs", form.Crs is not null && !isCrs);
        yield return Misplaced("icans", form.Icans is not null && !isIcans);
        yield return Check.Text("override_reason", form.OverrideReason, 500);
        if (!isCrs && !isIcans)
        {
            yield break;
        }

        yield return Check.Required(context, "onset_time", form.OnsetTime is not null);
        yield return isCrs ? Check.Required(context, "crs", form.Crs is not null) : Check.Required(context, "icans", form.Icans is not null);
        var findings = isCrs && form.Crs is not null ? FindingsChecks.Crs(form.Crs, context, needsFever: true)
            : isIcans && form.Icans is not null ? FindingsChecks.Icans(form.Icans, context)
            : [];
        foreach (var finding in findings.Concat(Onset(form, context, isCrs)))
        {
            yield return finding;
        }

        yield return form is { HasGrade: true, Grade: >= 1 and <= 5 } && GradeOf.Event(form) is { } computed && computed != form.Grade
            ? AstctGrade.Differs("grade", computed, form.Grade, form.OverrideReason, context.Origin)
            : null;
    }

    private static IEnumerable<Finding?> Onset(AdverseEvent form, FormContext context, bool isCrs)
    {
        if (context.Facts is null || CivilDate.FindPartial(form.OnsetDate) is not ({ } earliest, { } latest))
        {
            yield break;
        }

        var (name, lastUsual) = isCrs ? ("CRS", LastUsualDayOfCrs) : ("ICANS", LastUsualDayOfIcans);
        var infusion = EventDate.InfusionOf(context);
        yield return infusion is null || latest < infusion
            ? Check.Hard("S17", "onset_date", $"{name} cannot start before infusion.", $"{name}不能早于回输。")
            : null;
        yield return earliest > infusion?.AddDays(lastUsual)
            ? Check.Query("S16", "onset_date", "Late onset; confirm diagnosis.", "发生时间较晚，请核实诊断。")
            : null;
    }

    private static Finding? Misplaced(string field, bool isMisplaced) => isMisplaced
        ? Check.Hard("F04", field, "These findings go with their own special_interest only.", "此项仅适用于相应的特别关注事件。")
        : null;
}

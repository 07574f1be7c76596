using Equecel.Common.V1;
using Equecel.Enrolment.Therapies;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.PriorLine.Types;

namespace Equecel.Enrolment.PriorLines;

/// <summary>Edit checks of a line of therapy before the infusion.</summary>
internal static class PriorLineChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(PriorLine form, FormContext context) =>
        Line(form, context)
            .Concat(TreatmentChecks.Run(context, form.Treatments))
            .Append(Sequence(form, [.. context.Others.Select(record => record.Form).OfType<PriorLine>()]));

    private static IEnumerable<Finding?> Line(PriorLine form, FormContext context)
    {
        yield return Check.Range("line_number", form.LineNumber, (1, 30));
        yield return Check.Required(context, "start_date", form.StartDate.Length > 0);
        yield return PartialDate.Check(context, "start_date", form.StartDate);
        yield return PartialDate.Check(context, "end_date", form.EndDate);
        yield return PartialDate.Check(context, "progression_date", form.ProgressionDate);
        var (start, progression) = (PartialDate.Find(form.StartDate), PartialDate.Find(form.ProgressionDate));
        yield return PartialDate.Order("end_date", start, PartialDate.Find(form.EndDate));
        yield return PartialDate.Order("progression_date", start, progression);
        yield return start?.Earliest > CivilDate.Find(context.Facts?.InfusionDate ?? "")
            ? Check.Hard("E10", "start_date", "A prior line begins before the infusion. Later therapy is a subsequent therapy.", "既往治疗应早于回输；回输后的治疗请填写后续治疗。")
            : null;
        yield return Check.Text("regimen", form.Regimen, 200);
        yield return form.Purposes.Contains(Purpose.Unspecified) || form.Purposes.Distinct().Count() < form.Purposes.Count
            ? Check.Hard("F04", "purposes", "Name each part once.", "每个治疗阶段只填一次。")
            : null;
        yield return Check.Required(context, "best_response", form.BestResponse != TherapyResponse.Unspecified);
        yield return Check.Required(context, "progressed", form.Progressed != YesNoUnknown.Unspecified);
        yield return form is { Progressed: YesNoUnknown.Yes, HasProgressionDate: false } && !context.Missing.ContainsKey("progression_date")
            ? Check.Query("E12", "progression_date", "Progression date is missing; refractory status cannot be derived.", "缺少进展日期，无法判定难治状态。")
            : null;
        yield return form is { Progressed: YesNoUnknown.No, HasProgressionDate: true }
            ? Check.Hard("F04", "progressed", "A date of progression is given, but the disease did not progress. Correct one of the two.", "已填进展日期但选择未进展，请更正。")
            : null;
    }

    // Lines arrive in any order: a gap is one only below a line that is there.
    private static Finding? Sequence(PriorLine form, List<PriorLine> others)
    {
        var isTwice = others.Exists(other => other.LineNumber == form.LineNumber);
        var isAfterGap = form.LineNumber > 1 && others.Count > 0 && !others.Exists(other => other.LineNumber == form.LineNumber - 1);
        return isTwice || isAfterGap || others.Exists(other => Overlap(form, other))
            ? Check.Query("E11", "line_number", "Lines of therapy overlap or are not consecutive.", "治疗线数重叠或不连续。")
            : null;
    }

    private static bool Overlap(PriorLine one, PriorLine other)
    {
        var (earlier, later) = one.LineNumber < other.LineNumber ? (one, other) : (other, one);
        var (start, end, next) = (PartialDate.Find(earlier.StartDate), PartialDate.Find(earlier.EndDate), PartialDate.Find(later.StartDate));
        return earlier.LineNumber != later.LineNumber && (end?.Earliest > next?.Latest || start?.Earliest > next?.Latest);
    }
}

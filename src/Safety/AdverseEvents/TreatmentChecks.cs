using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of what an adverse event was treated with.</summary>
internal static class TreatmentChecks
{
    private const int Most = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form, FormContext context) => form.Treatments.Take(Most).Index()
        .SelectMany(treatment => One(treatment.Item, $"treatments[{treatment.Index}].", context))
        .Append(Check.Count("treatments", form.Treatments, Most))
        .Append(form.Treatments.Count > 1 && form.Treatments.Any(treatment => treatment.Kind == TreatmentKind.None)
            ? Check.Hard("F04", "treatments", "None stands alone.", "选择\"无\"时不能填写其他治疗。")
            : null);

    private static IEnumerable<Finding?> One(Treatment treatment, string path, FormContext context)
    {
        yield return Check.Needed(path + "kind", treatment.Kind != TreatmentKind.Unspecified);
        yield return Lists.NeededText(path + "text", treatment.Kind == TreatmentKind.Other, treatment.Text, 200);
        foreach (var finding in Lists.Dose(path, treatment.HasDose ? treatment.Dose : null, treatment.DoseUnit))
        {
            yield return finding;
        }

        yield return Check.Date(path + "start_date", treatment.StartDate, out var start);
        yield return Check.Date(path + "end_date", treatment.EndDate, out var end);
        foreach (var finding in EventDate.Checks(context, path + "start_date", start).Concat(EventDate.Checks(context, path + "end_date", end)))
        {
            yield return finding;
        }

        yield return end < start ? Check.Hard("E10", path + "end_date", "End date is before start date.", "结束日期早于开始日期。") : null;
    }
}

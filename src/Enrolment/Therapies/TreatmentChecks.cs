using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf.Collections;

namespace Equecel.Enrolment.Therapies;

/// <summary>Edit checks of the drugs and procedures on a form.</summary>
internal static class TreatmentChecks
{
    private const string Field = "treatments";
    private const int Most = 30;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="treatments">The rows.</param>
    /// <param name="required">Whether there must be any.</param>
    public static IEnumerable<Finding?> Run(FormContext context, RepeatedField<Treatment> treatments, bool required = true)
    {
        yield return required ? Check.Needed(Field, treatments.Count > 0) : null;
        yield return Check.Count(Field, treatments, Most);
        foreach (var finding in treatments.Take(Most).SelectMany((treatment, i) => Row(context, treatment, $"{Field}[{i}].")))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding?> Row(FormContext context, Treatment treatment, string path)
    {
        var ownClass = AgentClass.Of(treatment.Agent);
        yield return Check.Needed(path + "therapy_class", treatment.TherapyClass != TherapyClass.Unspecified);
        yield return treatment.Agent != Agent.Unspecified && treatment.TherapyClass != TherapyClass.Unspecified && ownClass != treatment.TherapyClass
            ? Check.Hard("F04", path + "therapy_class", $"{treatment.Agent} belongs to class {ownClass}. Correct one of the two.", $"{treatment.Agent}属于{ownClass}类，请更正药物或类别。")
            : null;
        yield return treatment.Agent == Agent.Unspecified && treatment.TherapyClass != TherapyClass.Unspecified && !AgentClass.IsProcedure(treatment.TherapyClass)
            ? Check.Needed(path + "name", treatment.Name.Trim().Length > 0)
            : null;
        yield return Check.Text(path + "name", treatment.Name, 200);
        yield return Check.Text(path + "conditioning", treatment.Conditioning, 200);
        yield return PartialDate.Check(context, path + "first_dose_date", treatment.FirstDoseDate);
        yield return PartialDate.Check(context, path + "last_dose_date", treatment.LastDoseDate);
        yield return PartialDate.Order(path + "last_dose_date", PartialDate.Find(treatment.FirstDoseDate), PartialDate.Find(treatment.LastDoseDate));
        yield return treatment.TherapyClass == TherapyClass.Asct && (!treatment.HasFirstDoseDate || treatment.Conditioning.Trim().Length == 0)
            ? Check.Query("E13", path + (treatment.HasFirstDoseDate ? "conditioning" : "first_dose_date"), "Transplant needs a date.", "移植须填写日期。")
            : null;
    }
}

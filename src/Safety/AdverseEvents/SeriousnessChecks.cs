using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of grade and seriousness. What other records must say is asked by the cross-checks.</summary>
internal static class SeriousnessChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form, FormContext context)
    {
        yield return Check.Required(context, "grade", form.HasGrade);
        yield return Check.Range("grade", form.HasGrade ? form.Grade : null, (1, 5));
        yield return Check.Required(context, "serious", form.HasSerious);
        yield return Lists.EachOnce("seriousness_criteria", form.SeriousnessCriteria);
        yield return form.HasSerious && form.Serious != (form.SeriousnessCriteria.Count > 0)
            ? Check.Hard("S04", "seriousness_criteria", "Seriousness and SAE criteria must agree.", "严重性与SAE标准须一致。")
            : null;
        yield return form.HasGrade && form.Outcome != EventOutcome.Unspecified && form.Grade == 5 != (form.Outcome == EventOutcome.Fatal)
            ? Check.Hard("S05", "outcome", "Grade 5 and fatal outcome must go together.", "5级与结局\"死亡\"须一致。")
            : null;
        yield return form.HasGrade && form.Grade == 4 && form.SeriousnessCriteria.Count == 0
            ? Check.Query("S07", "seriousness_criteria", "Grade 4 event not serious? Confirm.", "4级事件未勾选严重，请核实。")
            : null;
        yield return form.SpecialInterest == SpecialInterest.SecondaryMalignancy && form is { HasSerious: true, Serious: false }
            ? Check.Hard("S20", "serious", "A second malignancy is always serious.", "继发恶性肿瘤均为严重事件。")
            : null;
    }
}

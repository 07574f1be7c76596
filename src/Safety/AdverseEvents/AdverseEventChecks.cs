using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of an adverse event.</summary>
public static class AdverseEventChecks
{
    private static readonly (int Low, int High) MedDraCode = (10_000_000, 99_999_999);

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form, FormContext context) => Term(form, context)
        .Concat(EventDateChecks.Run(form, context))
        .Concat(SeriousnessChecks.Run(form, context))
        .Concat(CauseChecks.Run(form))
        .Concat(TreatmentChecks.Run(form, context))
        .Concat(CellToxicityChecks.Run(form, context))
        .Concat(ReportChecks.Run(form, context))
        .Concat(Links.ToAll<HospitalStay>(context, "hospital_stay_record_ids", form.HospitalStayRecordIds));

    private static IEnumerable<Finding?> Term(AdverseEvent form, FormContext context)
    {
        yield return Lists.NeededText("term", true, form.Term, 200);
        yield return Check.Required(context, "ctcae_version", form.CtcaeVersion != CtcaeVersion.Unspecified);
        yield return Check.Required(context, "action", form.Action != AdverseEvent.Types.Action.Unspecified);
        yield return Check.Text("narrative", form.Narrative, 10_000);
        yield return Check.Text("case_number", form.CaseNumber, 100);
        if (form.Coding is not { } coding)
        {
            yield break;
        }

        yield return Lists.NeededText("coding.version", true, coding.Version, 10);
        yield return Code("coding.llt_code", coding.LltCode);
        yield return Check.Text("coding.llt", coding.Llt, 200);
        yield return Code("coding.pt_code", coding.PtCode);
        yield return Check.Text("coding.pt", coding.Pt, 200);
        yield return Code("coding.soc_code", coding.SocCode);
        yield return Check.Text("coding.soc", coding.Soc, 200);
    }

    private static Finding? Code(string field, string code) =>
        code.Length == 0 || (code.Length == 8 && int.TryParse(code, System.Globalization.NumberStyles.None, null, out var number)
            && number >= MedDraCode.Low && number <= MedDraCode.High)
            ? null
            : Check.Hard("F03", field, "A MedDRA code has 8 digits.", "MedDRA编码为8位数字。");
}

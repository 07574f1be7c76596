using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.StudyRules;
using Google.Protobuf.Collections;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of the investigator's response against the same form.</summary>
internal static class InvestigatorChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form, FormContext context) =>
        Complete(form, context).Concat(Progression(form)).Concat(Bands(form));

    private static IEnumerable<Finding?> Complete(DiseaseAssessment form, FormContext context)
    {
        var isStringent = form.InvestigatorResponse == Response.StringentComplete;
        if (!isStringent && form.InvestigatorResponse != Response.Complete)
        {
            yield break;
        }

        yield return Positive(form.SerumImmunofixation, form.SerumBand)
            ? Judged("A06", "serum_immunofixation", "sCR/CR needs negative serum and urine immunofixation.", "sCR/CR要求血、尿免疫固定均阴性。")
            : null;
        yield return Positive(form.UrineImmunofixation, form.UrineBand)
            ? Judged("A06", "urine_immunofixation", "sCR/CR needs negative serum and urine immunofixation.", "sCR/CR要求血、尿免疫固定均阴性。")
            : null;
        yield return isStringent && HasAbnormalRatio(form)
            ? Judged("A07", "kappa_mg_per_l", "sCR needs a normal FLC ratio (0.26–1.65).", "sCR要求游离轻链比值正常（0.26–1.65）。")
            : null;
        yield return isStringent && form.MarrowClonality == CellSearch.Positive
            ? Judged("A08", "marrow_clonality", "sCR needs no clonal plasma cells in marrow.", "sCR要求骨髓无克隆性浆细胞。")
            : null;
        yield return form.HasMarrowPlasmaCellsPercent && form.MarrowPlasmaCellsPercent >= 5
            ? Judged("A09", "marrow_plasma_cells_percent", "CR needs less than 5 % marrow plasma cells.", "CR要求骨髓浆细胞<5%。")
            : null;
        yield return form.Plasmacytomas.Any(lesion => lesion.LongDiameterMm > 0 && lesion.ShortAxisMm > 0 && lesion.SoftTissue != YesNoUnknown.No)
            ? Judged("A11", "plasmacytomas", "CR needs disappearance of all plasmacytomas.", "CR要求所有浆细胞瘤消失。")
            : null;

        // The endpoint is the investigator's judgement: who stands by it and says why is asked, and not refused.
        Finding Judged(string code, string field, string message, string messageZh) =>
            context.Origin == DataOrigin.Prospective && string.IsNullOrWhiteSpace(form.OverrideReason)
                ? Check.Hard(code, field, message + " Correct one of the two, or give an override_reason.", messageZh + "请更正，或填写override_reason。")
                : Check.Query(code, field, message, messageZh);
    }

    private static IEnumerable<Finding?> Progression(DiseaseAssessment form)
    {
        var isProgression = form.InvestigatorResponse == Response.ProgressiveDisease;
        yield return Check.Text("override_reason", form.OverrideReason, 500);
        yield return Each("progression_reasons", form.ProgressionReasons);
        yield return Each("clinical_relapses", form.ClinicalRelapses);
        yield return isProgression && form.ProgressionReasons.Count == 0
            ? Check.Hard("A14", "progression_reasons", "Give at least one reason for progression.", "请填写疾病进展依据。")
            : null;
        yield return !isProgression && form.ProgressionReasons.Count > 0
            ? Check.Hard("F04", "progression_reasons", "Reasons go with a progression only.", "仅疾病进展时填写进展依据。")
            : null;
        yield return isProgression && form.ProgressionReasons.Count > 0 && form.ProgressionReasons.All(reason => reason == ProgressionReason.Clinical)
            ? Check.Query("A15", "progression_reasons", "Clinical signs alone are not IMWG progression; confirm.", "仅临床表现不构成IMWG进展，请核实。")
            : null;
    }

    private static IEnumerable<Finding?> Bands(DiseaseAssessment form)
    {
        if (form.Visit.IsBeforeInfusion())
        {
            yield break;
        }

        yield return Unstated("serum_band", form.SerumImmunofixation, form.SerumBand);
        yield return Unstated("urine_band", form.UrineImmunofixation, form.UrineBand);
    }

    private static Finding? Unstated(string field, Immunofixation result, Band band) => result == Immunofixation.Positive && band == Band.Unspecified
        ? Check.Query("A21", field,
            "State whether the band is the original clone, a different clone or a therapeutic antibody.", "请注明条带为原克隆、不同克隆或治疗性抗体。")
        : null;

    private static bool Positive(Immunofixation result, Band band) =>
        result == Immunofixation.Positive && band is Band.Unspecified or Band.Original;

    private static bool HasAbnormalRatio(DiseaseAssessment form) =>
        form is { HasKappaMgPerL: true, HasLambdaMgPerL: true }
        && Math.Max(Math.Abs(form.KappaMgPerL), Math.Abs(form.LambdaMgPerL)) < 1e9
        && !new LightChains((decimal)form.KappaMgPerL, (decimal)form.LambdaMgPerL).IsRatioNormal;

    private static Finding? Each<T>(string field, RepeatedField<T> values)
        where T : Enum =>
        values.Distinct().Count() < values.Count || values.Any(value => Convert.ToInt32(value, null) == 0)
            ? Check.Hard("F04", field, "Name each once, and nothing that is not set.", "每项只填一次，且不能为空。")
            : null;
}

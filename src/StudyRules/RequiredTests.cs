using Equecel.Assessment.V1;
using Equecel.Common.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.StudyRules;

/// <summary>The tests that an assessment of the disease must have, or say why not.</summary>
/// <remarks>Clinical domain reference, sections 1.2 and 4.</remarks>
public static class RequiredTests
{
    private static readonly string[] Blood =
    [
        "white_cells_e9_per_l", "neutrophils_e9_per_l", "lymphocytes_e9_per_l", "platelets_e9_per_l", "haemoglobin_g_per_l",
        "creatinine_umol_per_l", "calcium_mmol_per_l", "albumin_g_per_l", "alt_u_per_l", "ast_u_per_l", "bilirubin_umol_per_l",
        "ldh_u_per_l", "beta2_microglobulin_mg_per_l",
    ];

    /// <summary>Whether a visit lies before the infusion.</summary>
    /// <param name="visit">The visit.</param>
    public static bool IsBeforeInfusion(this Visit visit) => visit is Visit.Screening or Visit.AfterBridging or Visit.Baseline;

    /// <summary>Names of their fields: those of the response, then those of the blood.</summary>
    /// <param name="form">The assessment.</param>
    public static IEnumerable<string> Of(DiseaseAssessment form) =>
        (NeedsResponse(form.Visit) ? Response(form) : []).Concat(NeedsBlood(form.Visit) ? Blood : []);

    // The response is followed at these visits.
    private static bool NeedsResponse(Visit visit) => visit is Visit.Baseline || (visit != Visit.Unspecified && !visit.IsBeforeInfusion());

    // The schedule up to week 24, with its counts and chemistry.
    private static bool NeedsBlood(Visit visit) =>
        visit is not (Visit.Unspecified or Visit.Later or Visit.Unscheduled or Visit.Screening or Visit.AfterBridging);

    private static IEnumerable<string> Response(DiseaseAssessment form)
    {
        // A negative immunofixation without a quantity says that there is none.
        if (form.SerumImmunofixation != Immunofixation.Negative)
        {
            yield return "serum_m_protein_g_per_l";
        }

        yield return "serum_immunofixation";
        if (form.UrineImmunofixation != Immunofixation.Negative)
        {
            yield return "urine_m_protein_mg_per_24h";
        }

        yield return "urine_immunofixation";
        yield return "kappa_mg_per_l";
        yield return "lambda_mg_per_l";
    }
}

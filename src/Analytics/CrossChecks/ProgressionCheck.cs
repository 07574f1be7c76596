using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.CrossChecks;

/// <summary>S23: a death from progression without an assessment that says so, by the investigator or by the criteria.</summary>
internal static class ProgressionCheck
{
    /// <summary>Finds the death.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier)
    {
        var hasProgressed = dossier.All<DiseaseAssessment>().Any(found => found.Form.InvestigatorResponse == Response.ProgressiveDisease)
            || dossier.All<ComputedResponse>().Any(found => found.Form.Response == Response.ProgressiveDisease || found.Form.ConfirmedResponse == Response.ProgressiveDisease);
        return hasProgressed ? [] : dossier.All<Death>().Where(found => found.Form.PrimaryCause == Death.Types.Cause.ProgressiveDisease)
            .Select(found => new CrossCheck(found.Record, "primary_cause", "S23", "Death from progression without recorded progression.", "死因为疾病进展但无进展记录。"));
    }
}

using Equecel.Assessment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of a disease assessment.</summary>
public static class DiseaseAssessmentChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other assessments.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form, FormContext context) => RequiredChecks.Run(form, context)
        .Concat(DateChecks.Run(form, context))
        .Concat(LaboratoryChecks.Run(form))
        .Concat(PlasmacytomaChecks.Run(form))
        .Concat(InvestigatorChecks.Run(form, context))
        .Concat(HistoryChecks.Run(form, context));
}

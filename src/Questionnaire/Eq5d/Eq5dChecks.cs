using Equecel.Questionnaire.Completion;
using Equecel.Questionnaire.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Questionnaire.Eq5d;

/// <summary>Edit checks of an EQ-5D.</summary>
public static class Eq5dChecks
{
    private static readonly int[] FiveLevels = [5, 5, 5, 5, 5];
    private static readonly int[] ThreeLevels = [3, 3, 3, 3, 3];

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other questionnaires.</param>
    public static IEnumerable<Finding?> Run(Eq5d5l form, FormContext context) => CompletionChecks.Run(CompletedForm.Of(form), context, FiveLevels);

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other questionnaires.</param>
    public static IEnumerable<Finding?> Run(Eq5d3l form, FormContext context) => CompletionChecks.Run(CompletedForm.Of(form), context, ThreeLevels);
}

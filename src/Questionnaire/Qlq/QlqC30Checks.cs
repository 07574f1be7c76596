using Equecel.Questionnaire.Completion;
using Equecel.Questionnaire.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Questionnaire.Qlq;

/// <summary>Edit checks of a QLQ-C30.</summary>
public static class QlqC30Checks
{
    private const int LastOfFour = 28;
    private const int Items = 30;

    private static readonly int[] HighestScores = [.. Enumerable.Range(1, Items).Select(item => item <= LastOfFour ? 4 : 7)];

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other questionnaires.</param>
    public static IEnumerable<Finding?> Run(QlqC30 form, FormContext context) => CompletionChecks.Run(CompletedForm.Of(form), context, HighestScores)
        .Append(form.InstrumentVersion.Length == 0 || QlqC30Score.IsScored(form.InstrumentVersion)
            ? null
            : Check.Query("E05", "instrument_version", "Unusual instrument_version; please confirm. Only version 3.0 is scored.", "instrument_version异常，请核实。仅3.0版计分。"));
}

using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.MyelomaHistories;

/// <summary>Compares a stage that the site says with the computed one.</summary>
internal static class StageComparison
{
    /// <summary>E07: both are known and differ.</summary>
    /// <param name="field">Field of the reported stage.</param>
    /// <param name="system">Name of the staging system.</param>
    /// <param name="reported">What the site says.</param>
    /// <param name="computed">What is computed.</param>
    public static Finding? Find(string field, string system, Stage reported, Stage computed)
    {
        if (Name(reported) is not { } stage || Name(computed) is not { } calculated || reported == computed)
        {
            return null;
        }

        return Check.Query("E07", field,
            $"Reported {system} {stage} differs from calculated {system} {calculated}.", $"报告分期{system} {stage}与计算结果{system} {calculated}不一致。");
    }

    private static string? Name(Stage stage) => stage switch
    {
        Stage.I => "I",
        Stage.Ii => "II",
        Stage.Iii => "III",
        _ => null,
    };
}

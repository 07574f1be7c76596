using Equecel.Common.V1;
using Equecel.Enrolment.MyelomaHistories;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>Questions that only all forms together raise. They are gone once the data agree.</summary>
internal static class ProfileFindings
{
    private const int LabelLines = 3;

    /// <summary>Finds them.</summary>
    /// <param name="profile">What is computed.</param>
    /// <param name="forms">The forms.</param>
    public static IEnumerable<Finding> Of(BaselineProfile profile, ProfileForms forms)
    {
        // Lines are entered one by one: before the infusion more may come.
        if (forms.InfusionDate is not null && profile.HasPriorLineCount
            && (profile.PriorLineCount < LabelLines || profile.PiExposed == YesNoUnknown.No || profile.ImidExposed == YesNoUnknown.No))
        {
            yield return Check.Query("E09", "prior_line.line_number",
                "Outside label indication (≥3 lines incl. PI and IMiD); confirm off-label use.", "不符合说明书适应症（≥3线且含PI和IMiD），请确认超说明书使用。");
        }

        if (forms.History is { } history
            && StageComparison.Find("myeloma_history.reported_riss_at_diagnosis", "R-ISS", history.ReportedRissAtDiagnosis, profile.RissAtDiagnosis) is { } stage)
        {
            yield return stage;
        }

        if (forms.ConsentFollows is { } item)
        {
            yield return Check.Query("E03", "participation.consent_date", $"{item} is dated before consent.", $"{item}日期早于知情同意日期。");
        }
    }
}

using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Eligibilities;

/// <summary>Edit checks of the criteria of eligibility.</summary>
internal static class EligibilityChecks
{
    private const int MostCriteria = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Eligibility form, FormContext context) =>
        Criteria(form, context).Concat(Judgement(form, context));

    /// <summary>What follows from the criteria: false with any that is not met, true when all are, null otherwise.</summary>
    /// <param name="form">The form.</param>
    public static bool? IsEligible(Eligibility form) =>
        form.Criteria.Any(criterion => criterion.Met == YesNoUnknown.No) ? false
        : form.Criteria.Count > 0 && form.Criteria.All(criterion => criterion.Met == YesNoUnknown.Yes) ? true
        : null;

    private static IEnumerable<Finding?> Criteria(Eligibility form, FormContext context)
    {
        yield return Check.Needed("criteria", form.Criteria.Count > 0);
        yield return Check.Count("criteria", form.Criteria, MostCriteria);
        var seen = new HashSet<int>();
        foreach (var (i, criterion) in form.Criteria.Take(MostCriteria).Index())
        {
            var path = $"criteria[{i}]";
            yield return Check.Range($"{path}.number", criterion.Number, (1, 99));
            yield return !seen.Add(criterion.Number)
                ? Check.Hard("F04", $"{path}.number", $"Criterion {criterion.Number} is given twice.", $"标准{criterion.Number}重复。")
                : null;
            yield return Check.Needed($"{path}.text_version", criterion.TextVersion.Trim().Length > 0);
            yield return Check.Text($"{path}.text_version", criterion.TextVersion, 20);
            yield return Check.Needed($"{path}.met", criterion.Met != YesNoUnknown.Unspecified);
            yield return Check.Text($"{path}.evidence_note", criterion.EvidenceNote, 500);
        }
    }

    private static IEnumerable<Finding?> Judgement(Eligibility form, FormContext context)
    {
        yield return Check.Required(context, "eligible", form.Eligible != YesNoUnknown.Unspecified);
        yield return Check.RequiredDate(context, "eligibility_date", form.EligibilityDate, out var date);
        yield return Check.NotInFuture(context, "eligibility_date", date);
        yield return Check.BeforeWithdrawal(context, "eligibility_date", date);
        yield return form.Overridden ? Check.Needed("override_reason", form.OverrideReason.Trim().Length > 0) : null;
        yield return !form.Overridden && form.HasOverrideReason
            ? Check.Hard("F04", "override_reason", "A reason is given, but nothing is overridden. Set overridden, or take the reason away.", "未选择豁免，请删除豁免原因或勾选豁免。")
            : null;
        yield return Check.Text("override_reason", form.OverrideReason, 500);

        var computed = ThreeValued.ToV1(IsEligible(form));
        yield return form.Eligible != YesNoUnknown.Unspecified && form.Criteria.Count > 0 && form.Eligible != computed && !form.Overridden
            ? Check.Query("E30", "eligible",
                $"Reported eligibility {form.Eligible} differs from {computed}, which follows from the criteria; correct it, or override with a reason.",
                $"所报入选结论{form.Eligible}与各项标准推导结果{computed}不一致，请更正，或注明豁免原因。")
            : null;
    }
}

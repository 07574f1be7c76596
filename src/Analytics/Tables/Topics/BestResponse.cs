using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Assessment.V1;
using CellSearch = Equecel.Assessment.V1.DiseaseAssessment.Types.CellSearch;
using MrdSensitivity = Equecel.Assessment.V1.DiseaseAssessment.Types.MrdSensitivity;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Best overall response: the study's primary endpoint.</summary>
/// <remarks>Rule set RWS-1: analysis plan, best overall response and response rate.</remarks>
internal sealed class BestResponse : Topic
{
    private static readonly (ResponseCategory Category, string Key, string Short, string Label, string LabelZh)[] Categories =
    [
        (ResponseCategory.StringentCompleteResponse, "scr", "sCR", "Stringent complete response (sCR)", "严格意义的完全缓解（sCR）"),
        (ResponseCategory.CompleteResponse, "cr", "CR", "Complete response (CR)", "完全缓解（CR）"),
        (ResponseCategory.VeryGoodPartialResponse, "vgpr", "VGPR", "Very good partial response (VGPR)", "非常好的部分缓解（VGPR）"),
        (ResponseCategory.PartialResponse, "pr", "PR", "Partial response (PR)", "部分缓解（PR）"),
        (ResponseCategory.MinimalResponse, "mr", "MR", "Minimal response (MR)", "微小缓解（MR）"),
        (ResponseCategory.StableDisease, "sd", "SD", "Stable disease (SD)", "疾病稳定（SD）"),
        (ResponseCategory.ProgressiveDisease, "pd", "PD", "Progressive disease (PD)", "疾病进展（PD）"),
        (ResponseCategory.NotEvaluable, "ne", "NE", "Not evaluable (NE)", "不可评估（NE）"),
    ];

    /// <summary>Abbreviation of a category, such as <c>VGPR</c>.</summary>
    /// <param name="category">The category.</param>
    public static string ShortOf(ResponseCategory category) => Categories.Single(one => one.Category == category).Short;

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.BestResponse;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Best overall response within 24 weeks", "24周内最佳总体疗效");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question)
    {
        var (rule, days) = (InWords(RuleOf(question)), BestOverallResponse.WindowDays + question.Request.WindowToleranceDays);
        var (whom, whomZh) = question.Request.EvaluableOnly
            ? ("efficacy-evaluable participants", "疗效可评估受试者")
            : ("all infused participants, without assessment a non-responder", "全部回输受试者，无评估者计为未缓解");
        return (
            $"Best response {rule.En} up to the first recorded progression, within infusion + {days} days; {whom}",
            $"最佳疗效{rule.Zh}，至首次记录的疾病进展为止，回输后{days}天内；{whomZh}");
    }

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Share("orr", "Overall response rate (sCR, CR, VGPR or PR)", "总缓解率（sCR、CR、VGPR或PR）"));
        sheet.Row(Rows.Share("cr-rate", "Complete response rate (sCR or CR)", "完全缓解率（sCR或CR）"));
        sheet.Row(Rows.Share("vgpr-rate", "VGPR or better", "VGPR及以上"));
        sheet.Row(Rows.Share("mrd-negative-rate", "MRD-negative (10⁻⁵) with CR or better", "MRD阴性（10⁻⁵）且CR及以上"));
        Rows.Define(sheet, Rows.Heading("bor", "Best overall response", "最佳总体疗效"), Categories.Select(one => (one.Key, one.Label, one.LabelZh)));
    }

    /// <inheritdoc/>
    public override bool Includes(Subject subject, TableQuestion question) =>
        !question.Request.EvaluableOnly || subject.Course!.LastAdequate is not null;

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var window = BestOverallResponse.WindowDays + question.Request.WindowToleranceDays;
        var best = BestOverallResponse.Derive(subject.Course!, RuleOf(question), window);
        var category = Categories.Single(one => one.Category == best.Category);
        var words = best.Date is { } date ? $"{category.Short} on {subject.DayInWords(date)}" : "no adequate assessment";
        var sources = subject.Dossier.All<DiseaseAssessment>().Select(found => found.Record).ToList();

        sheet[$"bor/{category.Key}"].Count(words, sources);
        if (best.IsResponse)
        {
            sheet["orr"].Count(words, sources);
        }

        if (best.IsComplete)
        {
            sheet["cr-rate"].Count(words, sources);
        }

        if (best.Category >= ResponseCategory.VeryGoodPartialResponse)
        {
            sheet["vgpr-rate"].Count(words, sources);
        }

        var complete = BestOverallResponse.Levels(subject.Course!, RuleOf(question), window).Where(one => one.Level >= ResponseCategory.CompleteResponse).Select(one => one.Date).ToHashSet();
        foreach (var (form, record) in subject.Dossier.All<DiseaseAssessment>().Select(found => (found.Form, found.Record)))
        {
            if (IsNegative(form) && PartialDate.FindDay(form.ResponseDate) is { } day && complete.Contains(day))
            {
                sheet["mrd-negative-rate"].Count($"MRD-negative on {subject.DayInWords(day)}", [record]);
            }
        }
    }

    // None among a hundred thousand cells or more.
    private static bool IsNegative(DiseaseAssessment form) => form is
    {
        Mrd: CellSearch.Negative,
        MrdSensitivity: MrdSensitivity._1E5 or MrdSensitivity._1E6,
    };

    private static ResponseRule RuleOf(TableQuestion question) => question.Request.ResponseBasis switch
    {
        V1.ResponseBasis.Confirmed => ResponseRule.Confirmed,
        V1.ResponseBasis.Algorithmic => ResponseRule.Computed,
        _ => ResponseRule.AsAssessed,
    };

    private static (string En, string Zh) InWords(ResponseRule rule) => rule switch
    {
        ResponseRule.Confirmed => ("as the investigator assessed it and the next assessment confirmed it,", "以研究者评估并经下一次评估确认为准"),
        ResponseRule.Computed => ("as the IMWG 2016 criteria confirm it from what was measured,", "以IMWG 2016标准根据测量值确认为准"),
        _ => ("as the investigator assessed it,", "以研究者评估为准"),
    };
}

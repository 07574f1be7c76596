using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Statistics;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Instrument = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Instrument;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Quality of life by visit: scores, change from baseline, share better and worse.</summary>
/// <remarks>Rule set RWS-1: analysis plan, quality of life.</remarks>
internal sealed class QualityOfLife : Topic
{
    private static readonly (Visit Visit, string Key, string Label, string LabelZh)[] Visits =
    [
        (Visit.Week4, "week-4", "Week 4", "第4周"),
        (Visit.Week8, "week-8", "Week 8", "第8周"),
        (Visit.Week12, "week-12", "Week 12", "第12周"),
        (Visit.Week24, "week-24", "Week 24", "第24周"),
    ];

    // High is good for the functions, bad for the symptoms.
    private static readonly (Scale Scale, string Key, string Label, string LabelZh, bool HighIsGood)[] Scales =
    [
        (Scale.Ql2, "ql2", "Global health status (QL2)", "总体健康状况（QL2）", true),
        (Scale.Pf2, "pf2", "Physical functioning (PF2)", "躯体功能（PF2）", true),
        (Scale.Rf2, "rf2", "Role functioning (RF2)", "角色功能（RF2）", true),
        (Scale.Ef, "ef", "Emotional functioning (EF)", "情绪功能（EF）", true),
        (Scale.Cf, "cf", "Cognitive functioning (CF)", "认知功能（CF）", true),
        (Scale.Sf, "sf", "Social functioning (SF)", "社会功能（SF）", true),
        (Scale.Fa, "fa", "Fatigue (FA)", "疲乏（FA）", false),
        (Scale.Nv, "nv", "Nausea and vomiting (NV)", "恶心与呕吐（NV）", false),
        (Scale.Pa, "pa", "Pain (PA)", "疼痛（PA）", false),
        (Scale.Dy, "dy", "Dyspnoea (DY)", "呼吸困难（DY）", false),
        (Scale.Sl, "sl", "Insomnia (SL)", "失眠（SL）", false),
        (Scale.Ap, "ap", "Appetite loss (AP)", "食欲丧失（AP）", false),
        (Scale.Co, "co", "Constipation (CO)", "便秘（CO）", false),
        (Scale.Di, "di", "Diarrhoea (DI)", "腹泻（DI）", false),
        (Scale.Fi, "fi", "Financial difficulties (FI)", "经济困难（FI）", false),
        (Scale.Summary, "summary", "QLQ-C30 summary score", "QLQ-C30总分", true),
    ];

    // Each has its own value set, so that a score of one has no change from a score of the other.
    private static readonly (Instrument Instrument, string Name, string ValueSet, string IndexKey, string VasKey)[] Eq5dVersions =
    [
        (Instrument.Eq5D5L, "EQ-5D-5L", "EQ-5D-5L China, Luo 2017", "eq5d-index", "eq-vas"),
        (Instrument.Eq5D3L, "EQ-5D-3L", "EQ-5D-3L China, Liu 2014", "eq5d-3l-index", "eq-vas-3l"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.QualityOfLife;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Quality of life", "生活质量");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Scores by the visit that the questionnaire counts for, of several the first; baseline: the last score up to the day of infusion; change from it, mean with t interval; "
        + FormattableString.Invariant($"better and worse: by at least {question.QlqC30Threshold} points of a QLQ-C30 scale, {question.Eq5dThreshold} of the EQ-5D index")
        + (question.Request.Eq5DThreshold == 0 ? " (instrument-defined for China 5L: the mean one-level move of its value set)" : "")
        + " or 7 points of the EQ VAS, of those with both scores; "
        + $"EQ-5D-5L and EQ-5D-3L apart, with indices of the value sets {string.Join(" and ", Eq5dVersions.Select(one => one.ValueSet))}",
        "评分按问卷所属访视，同一访视有多份时取首份；基线：回输当日及之前的末次评分；较基线变化：均值及t区间；"
        + FormattableString.Invariant($"改善和恶化：QLQ-C30量表至少{question.QlqC30Threshold}分、EQ-5D指数至少{question.Eq5dThreshold}")
        + (question.Request.Eq5DThreshold == 0 ? "（中国5L值集的工具定义值：单级变动的均值）" : "")
        + "或EQ VAS至少7分，限两次均有评分者；"
        + $"EQ-5D-5L与EQ-5D-3L分开，指数采用中国值集（{string.Join("、", Eq5dVersions.Select(one => $"{one.Name}：{one.ValueSet.Split(", ")[^1]}"))}）");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        foreach (var (_, key, label, labelZh, _) in Scales)
        {
            Define(sheet, key, label, labelZh);
        }

        foreach (var (_, name, _, indexKey, vasKey) in Eq5dVersions)
        {
            Define(sheet, indexKey, $"{name} index", $"{name}指数");
            Define(sheet, vasKey, $"EQ VAS ({name})", $"EQ VAS（{name}）");
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var forms = (
            from found in subject.Dossier.All<QuestionnaireScores>()
            let date = PartialDate.FindDay(found.Form.CompletionDate)
            where date is not null && subject.HadHappened(date.Value)
            orderby date
            select (found.Form, found.Record, Date: date.Value)).ToList();
        foreach (var (scale, key, _, _, highIsGood) in Scales)
        {
            AddScores(key, scores => scores.Scales.FirstOrDefault(one => one.Scale == scale) is { HasScore: true } found ? found.Score : null, question.QlqC30Threshold, highIsGood);
        }

        foreach (var (instrument, _, valueSet, indexKey, vasKey) in Eq5dVersions)
        {
            AddScores(indexKey, scores => scores.Instrument == instrument && scores.ValueSet == valueSet && scores.HasIndexValue ? scores.IndexValue : null, question.Eq5dThreshold);
            AddScores(vasKey, scores => scores.Instrument == instrument && scores.HasVasScore ? scores.VasScore : null, 7);
        }

        void AddScores(string key, Func<QuestionnaireScores, double?> scoreOf, double threshold, bool highIsGood = true) => Add(
            sheet,
            [.. from form in forms let score = scoreOf(form.Form) where score is not null select new Score(score.Value, form.Date, form.Form.AssignedVisit, form.Record)],
            subject.InfusionDate,
            key,
            new ChangeThreshold((decimal)threshold, (decimal)threshold, highIsGood));
    }

    private static void Define(Sheet sheet, string key, string label, string labelZh)
    {
        sheet.Row(Rows.Heading(key, label, labelZh));
        sheet.Row(Rows.Summary($"{key}/baseline", "Baseline", "基线", "points", 1));
        foreach (var (_, visit, visitLabel, visitLabelZh) in Visits)
        {
            sheet.Row(Rows.Summary($"{key}/{visit}", visitLabel, visitLabelZh, "points", 1));
            sheet.Row(new RowDefinition($"{key}/{visit}/change", "Change from baseline", "较基线变化", Measure.Mean, "points", 2));
            sheet.Row(Rows.ShareOfKnown($"{key}/{visit}/better", "Better", "改善", 2));
            sheet.Row(Rows.ShareOfKnown($"{key}/{visit}/worse", "Worse", "恶化", 2));
        }
    }

    private static void Add(Sheet sheet, List<Score> scores, DateOnly infusion, string key, ChangeThreshold threshold)
    {
        var baseline = BaselineValue.Find(scores, score => score.Date, infusion);
        if (baseline is not null)
        {
            sheet[$"{key}/baseline"].Add(baseline.Value, $"{baseline.Value:0.###}", [baseline.Record]);
        }

        foreach (var (visit, visitKey, _, _) in Visits)
        {
            if (scores.Find(score => score.Visit == visit) is not { } then)
            {
                continue;
            }

            sheet[$"{key}/{visitKey}"].Add(then.Value, $"{then.Value:0.###}", [then.Record]);
            if (baseline is not null)
            {
                // Scores are multiples of hundredths of a point, which binary fractions miss.
                var change = Math.Round((decimal)then.Value - (decimal)baseline.Value, 9);
                var words = $"{baseline.Value:0.###} to {then.Value:0.###}";
                DossierRecord[] sources = [baseline.Record, then.Record];
                sheet[$"{key}/{visitKey}/change"].Add((double)change, words, sources);
                var verdict = threshold.Judge(change);
                CountIf(sheet[$"{key}/{visitKey}/better"], verdict > 0, words, sources);
                CountIf(sheet[$"{key}/{visitKey}/worse"], verdict < 0, words, sources);
            }
        }
    }

    private static void CountIf(SheetRow row, bool isSo, string words, DossierRecord[] sources)
    {
        row.Ask(words, sources);
        if (isSo)
        {
            row.Count(words, sources);
        }
    }

    /// <summary>A score that there is.</summary>
    private sealed record Score(double Value, DateOnly Date, Visit Visit, DossierRecord Record);
}

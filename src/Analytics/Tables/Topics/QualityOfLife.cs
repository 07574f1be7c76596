using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Statistics;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
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
        (Scale.Ql2, "ql2", "QLQ-C30 QL2", "QLQ-C30 QL2", true),
        (Scale.Pf2, "pf2", "QLQ-C30 PF2", "QLQ-C30 PF2", true),
        (Scale.Rf2, "rf2", "QLQ-C30 RF2", "QLQ-C30 RF2", true),
        (Scale.Ef, "ef", "QLQ-C30 EF", "QLQ-C30 EF", true),
        (Scale.Cf, "cf", "QLQ-C30 CF", "QLQ-C30 CF", true),
        (Scale.Sf, "sf", "QLQ-C30 SF", "QLQ-C30 SF", true),
        (Scale.Fa, "fa", "QLQ-C30 FA", "QLQ-C30 FA", false),
        (Scale.Nv, "nv", "QLQ-C30 NV", "QLQ-C30 NV", false),
        (Scale.Pa, "pa", "QLQ-C30 PA", "QLQ-C30 PA", false),
        (Scale.Dy, "dy", "QLQ-C30 DY", "QLQ-C30 DY", false),
        (Scale.Sl, "sl", "QLQ-C30 SL", "QLQ-C30 SL", false),
        (Scale.Ap, "ap", "QLQ-C30 AP", "QLQ-C30 AP", false),
        (Scale.Co, "co", "QLQ-C30 CO", "QLQ-C30 CO", false),
        (Scale.Di, "di", "QLQ-C30 DI", "QLQ-C30 DI", false),
        (Scale.Fi, "fi", "QLQ-C30 FI", "QLQ-C30 FI", false),
        (Scale.Summary, "summary", "QLQ-C30 summary score", "QLQ-C30总分", true),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.QualityOfLife;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Quality of life", "生活质量");

    /// <inheritdoc/>
    public override string Method(TableQuestion question) => FormattableString.Invariant(
        $"Scores by the visit that the questionnaire counts for; change from baseline, mean with t interval; better and worse: by at least {question.QlqC30Threshold} points of a QLQ-C30 scale, {question.Eq5dThreshold} of the EQ-5D index or 7 points of the EQ VAS, of those with both scores");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        foreach (var (_, key, label, labelZh, _) in Scales)
        {
            Define(sheet, key, label, labelZh);
        }

        Define(sheet, "eq5d-index", "EQ-5D index", "EQ-5D指数");
        Define(sheet, "eq-vas", "EQ VAS", "EQ VAS");
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var forms = subject.Dossier.All<QuestionnaireScores>()
            .Where(found => Cohort.PartialDate.FindDay(found.Form.CompletionDate) is { } day && subject.HadHappened(day))
            .ToLookup(found => found.Form.AssignedVisit);
        foreach (var (scale, key, _, _, highIsGood) in Scales)
        {
            Add(sheet, forms, key, scores => scores.Scales.FirstOrDefault(one => one.Scale == scale) is { HasScore: true } found ? found.Score : null, question.QlqC30Threshold, highIsGood);
        }

        Add(sheet, forms, "eq5d-index", scores => scores.HasIndexValue ? scores.IndexValue : null, question.Eq5dThreshold, highIsGood: true);
        Add(sheet, forms, "eq-vas", scores => scores.HasVasScore ? scores.VasScore : null, 7, highIsGood: true);
    }

    private static void Define(Sheet sheet, string key, string label, string labelZh)
    {
        sheet.Row(Rows.Heading(key, label, labelZh));
        sheet.Row(Rows.Summary($"{key}/baseline", "Baseline", "基线", "points", 1));
        foreach (var (_, visit, visitLabel, visitLabelZh) in Visits)
        {
            sheet.Row(Rows.Summary($"{key}/{visit}", visitLabel, visitLabelZh, "points", 1));
            sheet.Row(new RowDefinition($"{key}/{visit}/change", "Change from baseline", "较基线变化", Measure.Mean, "points", 2));
            sheet.Row(Rows.Share($"{key}/{visit}/better", "Better", "改善", 2));
            sheet.Row(Rows.Share($"{key}/{visit}/worse", "Worse", "恶化", 2));
        }
    }

    private static void Add(
        Sheet sheet, ILookup<Visit, DossierForm<QuestionnaireScores>> forms, string key, Func<QuestionnaireScores, double?> score, double threshold, bool highIsGood)
    {
        var baseline = Find(forms[Visit.Baseline], score);
        if (baseline is { } start)
        {
            sheet[$"{key}/baseline"].Add(start.Score, $"{start.Score:0.###}", [start.Record]);
        }

        foreach (var (visit, visitKey, _, _) in Visits)
        {
            if (Find(forms[visit], score) is not { } then)
            {
                continue;
            }

            sheet[$"{key}/{visitKey}"].Add(then.Score, $"{then.Score:0.###}", [then.Record]);
            if (baseline is { } before)
            {
                // Scores are multiples of hundredths of a point, which binary fractions miss.
                var change = Math.Round((decimal)then.Score - (decimal)before.Score, 9);
                var words = $"{before.Score:0.###} to {then.Score:0.###}";
                DossierRecord[] sources = [before.Record, then.Record];
                sheet[$"{key}/{visitKey}/change"].Add((double)change, words, sources);
                var verdict = new ChangeThreshold((decimal)threshold, (decimal)threshold, highIsGood).Judge(change);
                CountIf(sheet[$"{key}/{visitKey}/better"], verdict > 0, words, sources);
                CountIf(sheet[$"{key}/{visitKey}/worse"], verdict < 0, words, sources);
            }
        }
    }

    private static void CountIf(SheetRow row, bool isSo, string words, DossierRecord[] sources)
    {
        row.Ask();
        if (isSo)
        {
            row.Count(words, sources);
        }
    }

    private static (double Score, DossierRecord Record)? Find(IEnumerable<DossierForm<QuestionnaireScores>> forms, Func<QuestionnaireScores, double?> score) =>
        forms.OrderBy(found => found.Form.CompletionDate, StringComparer.Ordinal)
            .Select(found => score(found.Form) is { } value ? (value, found.Record) : ((double, DossierRecord)?)null)
            .FirstOrDefault(found => found is not null);
}

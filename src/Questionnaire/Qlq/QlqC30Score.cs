using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Qlq;

/// <summary>Score of one scale of the QLQ-C30.</summary>
/// <param name="Name">The scale.</param>
/// <param name="Score">0 to 100, not rounded; null when too little was answered.</param>
/// <param name="AnsweredCount">How many of its items were answered; of the summary, how many of its scales have a score.</param>
/// <param name="ItemCount">How many items it has; the summary, how many scales.</param>
internal readonly record struct QlqC30Score(Scale Name, decimal? Score, int AnsweredCount, int ItemCount)
{
    private static readonly HashSet<Scale> NotInSummary = [Scale.Ql2, Scale.Fi];

    /// <summary>Whether a version of the instrument has these scales. In earlier ones items were answered with yes and no.</summary>
    /// <param name="version">The version, as the site writes it.</param>
    public static bool IsScored(string version) => version is "3" or "3.0";

    /// <summary>Scores every scale, then the summary.</summary>
    /// <param name="answers">The answers by item: 1 to 4, items 29 and 30 1 to 7. A blank item is left out.</param>
    /// <remarks>Sources: the scoring manual; for the summary Giesinger et al., J Clin Epidemiol 2016;69:79-88.</remarks>
    public static IReadOnlyList<QlqC30Score> Compute(IReadOnlyDictionary<int, int> answers)
    {
        var scales = QlqC30Scale.All.Select(scale => Compute(scale, answers)).ToList();
        return [.. scales, Summary(scales)];
    }

    private static QlqC30Score Compute(QlqC30Scale scale, IReadOnlyDictionary<int, int> answers)
    {
        var given = scale.Items.Where(answers.ContainsKey).Select(item => answers[item]).ToList();
        decimal? score = null;
        if (given.Count * 2 >= scale.Items.Count)
        {
            // One division of whole numbers: the mean of what was answered, less the lowest answer, over the range.
            var above = given.Sum() - given.Count;
            var most = scale.Range * given.Count;
            score = 100m * (scale.IsReversed ? most - above : above) / most;
        }

        return new QlqC30Score(scale.Name, score, given.Count, scale.Items.Count);
    }

    private static QlqC30Score Summary(List<QlqC30Score> scales)
    {
        var parts = scales.Where(scale => !NotInSummary.Contains(scale.Name)).Zip(
            QlqC30Scale.All.Where(scale => !NotInSummary.Contains(scale.Name)), (score, scale) => scale.IsReversed ? score.Score : 100 - score.Score).ToList();
        var isComplete = parts.TrueForAll(part => part is not null);
        return new QlqC30Score(Scale.Summary, isComplete ? parts.Sum() / parts.Count : null, parts.Count(part => part is not null), parts.Count);
    }
}

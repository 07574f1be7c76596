namespace Equecel.Analytics.Tables.Topics;

/// <summary>Adverse events by term, each participant once a term at the worst grade.</summary>
/// <remarks>Rule set RWS-1: analysis plan, adverse events.</remarks>
internal sealed class AdverseEventsByTerm : Topic
{
    private const int HighestGrade = 5;

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.AdverseEventsByTerm;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Adverse events by term and worst grade", "不良事件（按术语及最高分级）");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        $"Participants with the term with onset from infusion to infusion + {question.AdverseEventWindowDays} days, of all infused; once a term, at the worst grade; "
        + "the supplied preferred term, else the site's words; most frequent first; a death after a cut-off makes no event fatal or serious",
        $"全部回输受试者中，自回输至回输后{question.AdverseEventWindowDays}天发生该术语事件者；每个术语每例仅计一次，按最高分级；"
        + "采用所提供的首选术语，否则采用中心原文；按频数降序；数据截止日后的死亡不使事件成为致死或严重事件");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        foreach (var term in EmergentEvents.Of(subject, question.AdverseEventWindowDays).GroupBy(one => one.Term))
        {
            var key = $"term/{term.Key}";
            var words = string.Join("; ", term.Select(one => one.InWords(subject)));
            var sources = term.Select(one => one.Record).ToList();
            var label = char.ToUpperInvariant(term.Key[0]) + term.Key[1..];
            var worst = term.Max(one => one.Grade ?? 0);

            sheet.Row(Rows.Share(key, label, label)).Count(words, sources, term.Count());
            CountIf(term.Any(one => one.IsRelated), Rows.Share($"{key}/related", "Related", "相关", 1));
            CountIf(term.Any(one => one.IsSerious), Rows.Share($"{key}/serious", "Serious", "严重", 1));
            CountIf(worst >= 3, Rows.Share($"{key}/grade-3-or-more", "Grade 3 or more", "3级及以上", 1));
            for (var grade = 1; grade <= HighestGrade; grade++)
            {
                CountIf(worst == grade, Rows.Share($"{key}/grade-{grade}", $"Worst grade {grade}", $"最高{grade}级", 2));
            }

            void CountIf(bool isSo, RowDefinition definition)
            {
                var row = sheet.Row(definition);
                if (isSo)
                {
                    row.Count(words, sources);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Finish(Sheet sheet)
    {
        var frequency = sheet.Rows.Where(row => row.Definition.Level == 0).ToDictionary(row => row.Definition.Key, row => row.ParticipantCount);
        sheet.Sort(row =>
        {
            var term = string.Join('/', row.Definition.Key.Split('/').SkipLast(row.Definition.Level > 0 ? 1 : 0));
            return (-frequency[term], term);
        });
    }
}

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Adverse events by term, each participant once a term at the worst grade.</summary>
/// <remarks>Rule set RWS-1: analysis plan, adverse events.</remarks>
internal sealed class AdverseEventsByTerm : Topic
{
    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.AdverseEventsByTerm;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Adverse events by term and worst grade", "不良事件（按术语及最高分级）");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => AdverseEventMethod.InWords(
        question,
        ("the term", "发生该术语事件"),
        (
            "once a term, at the worst grade; the supplied preferred term, else the site's words; most frequent first",
            "每个术语每例仅计一次，按最高分级；采用所提供的首选术语，否则采用中心原文；按频数降序"));

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question) => EventRates.DefineExposure(sheet, question);

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        EventRates.Observe(sheet, subject, question);
        foreach (var term in EmergentEvents.Of(subject, question.AdverseEventWindowDays).GroupBy(one => one.Term))
        {
            GradedRows.Count(sheet, GradedRows.Of($"term/{term.Key}", term.Key), [.. term], question);
        }
    }

    /// <inheritdoc/>
    public override void Finish(Sheet sheet)
    {
        EventRates.Finish(sheet);

        // The time under observation is everybody's, and so comes first.
        var frequency = sheet.Rows.Where(row => row.Definition.Level == 0).ToDictionary(row => row.Definition.Key, row => row.ParticipantCount);
        sheet.Sort(row =>
        {
            var term = string.Join('/', row.Definition.Key.Split('/').SkipLast(row.Definition.Level > 0 ? 1 : 0));
            return (-frequency[term], term);
        });
    }
}

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Adverse events by system organ class and, within it, by term, each participant once a row at the worst grade.</summary>
/// <remarks>
/// Rule set RWS-1: analysis plan, adverse events; survival methods, section 12.7. MedDRA is licensed: classes and preferred terms are
/// those that sites supply (clinical domain reference, section 1.3), told apart by their words.
/// </remarks>
internal sealed class AdverseEventsByClass : Topic
{
    private const string Class = "class/";
    private const string Within = "/term/";

    private static readonly RowDefinition Any = Rows.Share("any", "Any adverse event", "任何不良事件");
    private static readonly RowDefinition NotCoded = Rows.Share("not-coded", "Not coded: no system organ class supplied", "未编码：未提供系统器官分类");

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.AdverseEventsByClass;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Adverse events by system organ class, term and worst grade", "不良事件（按系统器官分类、术语及最高分级）");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => AdverseEventMethod.InWords(
        question,
        ("an event of the class or term", "发生该分类或术语事件"),
        (
            "once a class and once a term, at the worst grade; system organ classes and preferred terms as the sites supply them, else the site's words and a row of what is not coded; most frequent first",
            "每个分类及术语每例仅计一次，按最高分级；系统器官分类和首选术语由中心提供，否则采用中心原文，未编码者另列一行；按频数降序"));

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        EventRates.DefineExposure(sheet, question);
        sheet.Row(Any);
        EventRates.Define(sheet, Any, question);
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        EventRates.Observe(sheet, subject, question);
        var events = EmergentEvents.Of(subject, question.AdverseEventWindowDays).ToList();
        if (events.Count > 0)
        {
            GradedRows.Count(sheet, Any, events, question);
        }

        foreach (var ofClass in events.GroupBy(one => one.SystemOrganClass))
        {
            var row = ofClass.Key is { } name ? GradedRows.Of($"{Class}{name}", name) : NotCoded;
            GradedRows.Count(sheet, row, [.. ofClass], question);
            foreach (var term in ofClass.GroupBy(one => one.Term))
            {
                GradedRows.Count(sheet, GradedRows.Of($"{row.Key}{Within}{term.Key}", term.Key, level: 1), [.. term], question);
            }
        }
    }

    /// <inheritdoc/>
    public override void Finish(Sheet sheet)
    {
        EventRates.Finish(sheet);
        sheet.Sort(row =>
        {
            var (ofClass, term) = PlaceOf(row.Definition);

            // A class's own rows come before its terms.
            return (RankOf(ofClass), -sheet[ofClass].ParticipantCount, ofClass, term is null ? int.MinValue : -sheet[term].ParticipantCount, term ?? "");
        });
    }

    private static int RankOf(string key) => key == NotCoded.Key ? 3 : key.StartsWith(Class, StringComparison.Ordinal) ? 2 : key == Any.Key ? 1 : 0;

    // Keys of the class and of the term, if any, to which a row belongs: every other row's key adds a word to one of theirs.
    private static (string Class, string? Term) PlaceOf(RowDefinition row)
    {
        var within = row.Key.IndexOf(Within, StringComparison.Ordinal);
        var isOwn = row.Level == (within < 0 ? 0 : 1);
        var own = isOwn ? row.Key : row.Key[..row.Key.LastIndexOf('/')];
        return within < 0 ? (own, null) : (row.Key[..within], own);
    }
}

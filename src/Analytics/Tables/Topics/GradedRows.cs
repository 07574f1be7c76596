namespace Equecel.Analytics.Tables.Topics;

/// <summary>Rows of adverse events of one kind: participants with any, the rates if asked for, related, serious, of grade 3 or more, and by worst grade.</summary>
/// <remarks>Survival methods, section 12.7: a participant counts once a row.</remarks>
internal static class GradedRows
{
    private const int HighestGrade = 5;

    /// <summary>The row of a kind that is named by what sites have written.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="words">What was written, in small letters.</param>
    /// <param name="level">How far it is indented.</param>
    public static RowDefinition Of(string key, string words, int level = 0)
    {
        var label = char.ToUpperInvariant(words[0]) + words[1..];
        return Rows.Share(key, label, label, level);
    }

    /// <summary>Counts the participant in the row of a kind and in those below it.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="kind">The row of the kind; its key begins those below it.</param>
    /// <param name="events">The participant's events of the kind, one or more.</param>
    /// <param name="question">The question.</param>
    public static void Count(Sheet sheet, RowDefinition kind, IReadOnlyList<EmergentEvent> events, TableQuestion question)
    {
        var words = string.Join("; ", events.Select(one => one.InWords()));
        var sources = events.Select(one => one.Record).ToList();
        var worst = events.Max(one => one.Grade ?? 0);

        sheet.Row(kind).Count(words, sources, events.Count);
        EventRates.Define(sheet, kind, question);
        EventRates.Count(sheet, kind, events, question);
        CountIf(events.Any(one => one.IsRelated), Below("related", "Related", "相关", 1));
        CountIf(events.Any(one => one.IsSerious), Below("serious", "Serious", "严重", 1));
        CountIf(worst >= 3, Below("grade-3-or-more", "Grade 3 or more", "3级及以上", 1));
        for (var grade = 1; grade <= HighestGrade; grade++)
        {
            CountIf(worst == grade, Below($"grade-{grade}", $"Worst grade {grade}", $"最高{grade}级", 2));
        }

        RowDefinition Below(string key, string label, string labelZh, int levels) => Rows.Share($"{kind.Key}/{key}", label, labelZh, kind.Level + levels);

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

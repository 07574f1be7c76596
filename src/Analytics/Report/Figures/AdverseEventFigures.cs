using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Adverse events: in sum, CRS and ICANS by grade, and by term.</summary>
internal static class AdverseEventFigures
{
    private const int DrawnTerms = 25;
    private const int Grades = 5;

    private static readonly string[] Sums = ["any", "related", "grade-3", "grade-3-related", "serious", "serious-related", "grade-5"];
    private static readonly string[] Sorts = ["grade-3-or-more", "serious", "related"];
    private static readonly string[] Syndromes = ["crs", "icans"];

    /// <summary>Makes the part with sums and syndromes.</summary>
    /// <param name="table">Adverse events in sum.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, Wording words)
    {
        const string id = "adverse-events";
        var title = words.Of(table.Title, table.TitleZh);
        if (table.ParticipantCount() == 0)
        {
            return Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, table.Rows[0].Cells[0].NotEstimableReason));
        }

        var sums = Sums.Select(key => table.Find(key)!.ToBar(table, words)).ToList();
        var syndromes = Syndromes.Select(key => Bar(table, table.Find(key)!, words)).ToList();
        return Part.Of(
            id, title, Source.Of(table), words,
            Part.Figure(
                Picture.InBothWidths($"{id}-sums", title, ResponseFigure.InWords(sums, words), width => ShareBars.Draw(sums, width)),
                words.Of("Participants with at least one such event, in percent, with confidence intervals.", "至少发生一次该类事件的受试者比例及置信区间。")),
            Part.Figure(
                Picture.InBothWidths(
                    $"{id}-syndromes", words.Of("CRS and ICANS by worst grade", "CRS和ICANS（按最高分级）"), InWords(syndromes, words),
                    width => GradeBars.Draw(syndromes, table.ParticipantCount(), words, width)),
                words.Of("CRS and ICANS by worst ASTCT grade; the numbers count participants.", "CRS和ICANS按最高ASTCT分级；数字为受试者例数。")),
            Element("h4", words.Of("The same as a table", "数据表")),
            ResultTable.Of(id, table, words));
    }

    /// <summary>Makes the part with terms.</summary>
    /// <param name="table">Adverse events by term.</param>
    /// <param name="words">The language.</param>
    public static XElement MakeByTerm(V1.Table table, Wording words)
    {
        const string id = "terms";
        var title = words.Of(table.Title, table.TitleZh);
        var terms = table.Rows.Where(row => row.Level == 0).ToList();
        if (terms.Count == 0)
        {
            return Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, table.ParticipantCount() == 0 ? "no participants" : "no events"));
        }

        var bars = terms.Take(DrawnTerms).Select(row => Bar(table, row, words)).ToList();
        return Part.Of(
            id, title, Source.Of(table), words,
            Part.Figure(
                Picture.InBothWidths($"{id}-bars", title, InWords(bars, words), width => GradeBars.Draw(bars, table.ParticipantCount(), words, width)),
                terms.Count <= DrawnTerms
                    ? words.Of("Participants with the term, by worst grade; the numbers count participants.", "发生该事件的受试者，按最高分级；数字为例数。")
                    : words.Of(
                        $"The {DrawnTerms} most frequent of {terms.Count} terms, by worst grade; the numbers count participants. The table has all terms.",
                        $"{terms.Count}个术语中最常见的{DrawnTerms}个，按最高分级；数字为例数。表中列出全部术语。")),
            Element("h4", words.Of("The same as a table", "数据表")),
            Graded(id, words.Of("Term", "术语"), table, terms, words),
            Part.Apart(table.Columns.Count - 1, words, () => ByProvenance(id, title, table, terms, words)));
    }

    /// <summary>Makes the part with system organ classes and their terms; nothing where sites have supplied no class.</summary>
    /// <param name="table">Adverse events by system organ class.</param>
    /// <param name="words">The language.</param>
    public static IEnumerable<XElement> MakeByClass(V1.Table table, Wording words)
    {
        const string id = "classes";
        var isCoded = table.Rows.Any(row => row.Key.StartsWith("class/", StringComparison.Ordinal));
        var kinds = table.Rows.Where(row => row.Level == 0 || (row.Level == 1 && row.Key.Contains("/term/", StringComparison.Ordinal)));
        return isCoded
            ? [Part.Of(id, words.Of(table.Title, table.TitleZh), Source.Of(table), words, Graded(id, words.Of("Class and term", "分类及术语"), table, kinds, words))]
            : [];
    }

    private static XElement ByProvenance(string id, string title, V1.Table table, List<V1.Table.Types.Row> terms, Wording words)
    {
        var names = new[] { words.Of("grade 3 or more", "3级及以上"), words.Of("serious", "严重"), words.Of("related", "相关") };
        var groups = table.Groups(words).ToList();
        return ResultTable.Of(
            $"{id}-provenance",
            title,
            [words.Of("Term", "术语"), .. groups.SelectMany(group => names.Select(name => $"{group.Label}{words.Of(": ", "：")}{name}"))],
            terms.Select(row => TableLine.Of(
                words.Of(row.Label, row.LabelZh), groups.SelectMany(group => Sorts.Select(key => Numerals.Count(table.Count($"{row.Key}/{key}", group.Column)))))),
            words,
            words.Of("Participants.", "例数。"));
    }

    // A line for each kind of event: participants by column, then those of all by worst grade and sort.
    private static XElement Graded(string id, string kind, V1.Table table, IEnumerable<V1.Table.Types.Row> kinds, Wording words) => ResultTable.Of(
        id,
        words.Of(table.Title, table.TitleZh),
        [
            kind,
            .. table.Headings(words),
            .. Enumerable.Range(1, Grades).Select(grade => words.Of($"Grade {grade}", $"{grade}级")),
            words.Of("Grade 3 or more", "3级及以上"), words.Of("Serious", "严重"), words.Of("Related", "相关"),
        ],
        kinds.Select(row => new TableLine(
            words.Of(row.Label, row.LabelZh),
            row.Level,
            IsHeading: false,
            [
                .. row.Cells.Select((cell, i) => CellWords.Of(row.Measure, cell, table.Columns[i].ParticipantCount, words, withIntervals: false)),
                .. Counts(table, row.Key).Select(Numerals.Count),
                .. Sorts.Select(key => Numerals.Count(table.Count($"{row.Key}/{key}"))),
            ])),
        words,
        words.Of("Participants; grades, serious and related are of all.", "例数；分级、严重及相关为全部受试者。"));

    private static GradeBar Bar(V1.Table table, V1.Table.Types.Row row, Wording words) =>
        new(words.Of(row.Label, row.LabelZh), Counts(table, row.Key), CellWords.Share(row.Cells[0], table.ParticipantCount(), withInterval: false));

    private static List<long> Counts(V1.Table table, string key) => [.. Enumerable.Range(1, Grades).Select(grade => table.Count($"{key}/grade-{grade}"))];

    private static string InWords(IEnumerable<GradeBar> bars, Wording words) =>
        string.Join(words.Of("; ", "；"), bars.Select(bar => $"{bar.Label}{words.Of(": ", "：")}{bar.Short}{words.Of(", worst grade ", "，最高分级")}"
            + words.List(bar.Counts.Select((count, i) => (count, i)).Where(one => one.count > 0).Select(one => words.Of($"{one.i + 1} in {one.count}", $"{one.i + 1}级{one.count}例"))))) + words.Of(".", "。");
}

using System.Xml.Linq;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Laboratory cytopenias: for each blood count a table of the worst grades of each time, with those of all by the grade at baseline.</summary>
internal static class CytopeniaFigure
{
    private const string GradePrefix = "grade-";

    /// <summary>Makes it.</summary>
    /// <param name="table">Laboratory cytopenias.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, Wording words)
    {
        const string id = "cytopenia";
        var title = words.Of(table.Title, table.TitleZh);
        var isMeasured = table.Rows.Any(row => row.Key.EndsWith("/measured", StringComparison.Ordinal) && row.Cells[0].ParticipantCount > 0);
        return isMeasured
            ? Part.Of(
                id, title, Source.Of(table), words,
                table.Rows.Where(row => row.Level == 0).SelectMany(count => new[] { Element("h4", words.Of(count.Label, count.LabelZh)), OfCount($"{id}-{count.Key}", table, count, words) }))
            : Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, table.ParticipantCount() == 0 ? "no participants" : "no values"));
    }

    private static XElement OfCount(string id, V1.Table table, V1.Table.Types.Row count, Wording words)
    {
        var periods = Within(table, count, level: 1).ToList();
        var grades = Within(table, periods[0], level: 2).Select(row => row.Key[(row.Key.LastIndexOf('/') + 1)..]).Where(key => key.StartsWith(GradePrefix, StringComparison.Ordinal)).ToList();
        var baselines = grades.Append("not-known").ToList();
        return ResultTable.Of(
            id,
            Element("span", Class("unseen"), words.Of($"{count.Label}: worst grade by grade at baseline", $"{count.LabelZh}：按基线分级的最高分级")),
            [
                words.Of("Days and worst grade", "时间及最高分级"),
                .. table.Headings(words),
                .. grades.Select(grade => InWords(grade)).Select(grade => words.Of($"Grade {grade} at baseline", $"基线{grade}级")),
                words.Of("Not known at baseline", "基线不详"),
            ],
            periods.SelectMany(period => OfPeriod(table, period, grades, baselines, words)),
            words,
            words.Of("Participants; grades at baseline are of all.", "例数；基线分级为全部受试者。"));
    }

    // Whoever was measured, then the worst grades, which nobody has when nobody was.
    private static IEnumerable<TableLine> OfPeriod(V1.Table table, V1.Table.Types.Row period, List<string> grades, List<string> baselines, Wording words)
    {
        var measured = table.Find($"{period.Key}/measured")!;
        yield return new TableLine(
            words.Of($"{period.Label}: measured", $"{period.LabelZh}：已检测"), 0, IsHeading: false,
            [.. Cells(measured), .. baselines.Select(baseline => Numerals.Count(grades.Sum(grade => table.Count($"{period.Key}/{grade}/from-{baseline}"))))]);
        foreach (var row in measured.Cells[0].ParticipantCount == 0 ? [] : grades.Select(grade => table.Find($"{period.Key}/{grade}")!))
        {
            yield return new TableLine(
                words.Of(row.Label, row.LabelZh), 1, IsHeading: false,
                [.. Cells(row), .. baselines.Select(baseline => Numerals.Count(table.Count($"{row.Key}/from-{baseline}")))]);
        }

        IEnumerable<string> Cells(V1.Table.Types.Row row) =>
            row.Cells.Select((cell, i) => CellWords.Of(row.Measure, cell, table.Columns[i].ParticipantCount, words, withIntervals: false));
    }

    private static IEnumerable<V1.Table.Types.Row> Within(V1.Table table, V1.Table.Types.Row heading, int level) =>
        table.Rows.Where(row => row.Level == level && row.Key.StartsWith($"{heading.Key}/", StringComparison.Ordinal));

    // 0–1 of grade-0-1.
    private static string InWords(string grade) => grade[GradePrefix.Length..].Replace('-', '–');
}

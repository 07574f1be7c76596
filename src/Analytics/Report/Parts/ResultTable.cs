using System.Xml.Linq;
using static Equecel.Analytics.Report.Markup.Html;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Report.Parts;

/// <summary>Writes tables.</summary>
internal static class ResultTable
{
    /// <summary>Writes an answer's table as it is.</summary>
    /// <param name="id">Begins the ids.</param>
    /// <param name="table">The answer.</param>
    /// <param name="words">The language.</param>
    /// <param name="withIntervals">Whether intervals of shares are told.</param>
    public static XElement Of(string id, V1.Table table, Wording words, bool withIntervals = true) => Of(
        id,
        // The heading above says it already.
        Element("span", Class("unseen"), words.Of(table.Title, table.TitleZh)),
        ["", .. table.Headings(words)],
        table.Rows.Select(row => new TableLine(
            $"{words.Of(row.Label, row.LabelZh)}{Unit(row, words)}", row.Level, row.Measure == Measure.Unspecified,
            row.Measure == Measure.Unspecified ? [] : [.. row.Cells.Select((cell, i) => CellWords.Of(row.Measure, cell, table.Columns[i].ParticipantCount, words, withIntervals))])),
        words,
        Legend(table, words, withIntervals));

    /// <summary>Writes a table.</summary>
    /// <param name="id">Begins the ids.</param>
    /// <param name="caption">What it is.</param>
    /// <param name="columns">Headings of the columns, that of the rows first.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="words">The language.</param>
    /// <param name="legend">How to read the cells; null when they explain themselves.</param>
    public static XElement Of(string id, object caption, IReadOnlyList<string> columns, IEnumerable<TableLine> lines, Wording words, string? legend = null) => Scrolling(
        $"{id}-caption",
        Element(
            "table",
            Element("caption", Id($"{id}-caption"), caption, legend is null ? null : Element("span", Class("legend"), legend)),
            Element("thead", Element("tr", columns.Select((column, i) => i == 0 && column.Length == 0 ? Element("td") : Element("th", Attribute("scope", "col"), column)))),
            Element("tbody", lines.Select(line => Line(line, columns.Count, words)))));

    private static XElement Line(TableLine line, int columns, Wording words) => line.IsHeading
        ? Element("tr", Element("th", Class("heading"), Attribute("scope", "rowgroup"), Attribute("colspan", $"{columns}"), line.Label))
        : Element(
            "tr",
            Element("th", line.Level == 0 ? null : Class($"level-{Math.Min(line.Level, 2)}"), Attribute("scope", "row"), words.Marked(line.Label)),
            line.Cells.Select(cell => Element("td", cell)));

    // Percentages say so in their cells.
    private static string Unit(V1.Table.Types.Row row, Wording words) => row.Unit switch
    {
        "" or "%" => "",
        "days" => words.Of(", days", "，天"),
        "months" => words.Of(", months", "，月"),
        "years" => words.Of(", years", "，岁"),
        "points" => words.Of(", points", "，分"),
        "10⁶ CAR⁺ T cells/kg" => words.Of(", 10⁶ CAR⁺ T cells/kg", "，10⁶ CAR⁺ T细胞/kg"),
        "per 100 person-months" => words.Of(" per 100 person-months", "（每100人月）"),
        _ => $"{words.Of(", ", "，")}{row.Unit}",
    };

    private static string Legend(V1.Table table, Wording words, bool withIntervals)
    {
        var level = Numerals.Number(100 * table.ConfidenceLevel);
        var measures = table.Rows.Select(row => row.Measure).ToHashSet();
        return string.Join(words.Of(" ", ""), new[]
        {
            !measures.Contains(Measure.Proportion) ? "" : withIntervals
                ? words.Of($"Shares: participants (%; {level} % interval).", $"比例：例数（%；{level}%区间）。")
                : words.Of("Shares: participants (%).", "比例：例数（%）。"),
            measures.Contains(Measure.ShareOfThings) ? words.Of("Forms and fields: there/expected (%).", "表单及字段：已有/应有（%）。") : "",
            measures.Contains(Measure.Summary) ? words.Of("Distributions: median (quartiles); range; number of values.", "分布：中位数（四分位数）；范围；数值个数。") : "",
            measures.Contains(Measure.Rate) ? words.Of($"Rates: events: rate ({level} % interval).", $"发生率：事件数：率（{level}%区间）。") : "",
            measures.Contains(Measure.Mean) ? words.Of($"Means: mean ({level} % interval); number of values.", $"均值：均值（{level}%区间）；数值个数。") : "",
        }.Where(sentence => sentence.Length > 0));
    }
}

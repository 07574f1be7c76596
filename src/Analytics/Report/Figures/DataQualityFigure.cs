using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Quality of the data, by site and by provenance.</summary>
internal static class DataQualityFigure
{
    private static readonly string[] Shares = ["forms/all", "on-time/all", "fields/all"];
    private static readonly string[] Told = ["forms/all", "on-time/all", "fields/all", "lag/all", "queries/open", "queries/answered", "query-age/open"];

    /// <summary>Makes it.</summary>
    /// <param name="table">Data quality, with a column for each site.</param>
    /// <param name="byProvenance">The same with a column for each provenance; null when one of them is asked for alone.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, V1.Table? byProvenance, Wording words)
    {
        const string id = "data-quality";
        var title = words.Of(table.Title, table.TitleZh);
        if (table.ParticipantCount() == 0)
        {
            return Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, "no participants"));
        }

        return Part.Of(
            id, title, Source.Of(table), words,
            Shares.Select(key => Bars(id, table, key, words)),
            Element("h4", words.Of("By site", "按中心")),
            Groups($"{id}-sites", words.Of("Quality of the data by site", "各中心数据质量"), words.Of("Site", "中心"), table, first: 0, words),
            Part.Apart(
                (byProvenance?.Columns.Count ?? 1) - 1, words,
                () => Groups($"{id}-provenance", words.Of("Quality of the data by provenance", "各数据来源的数据质量"), words.Of("Provenance", "数据来源"), byProvenance!, first: 1, words)),
            Element("h4", words.Of("All sites together", "全部中心合计")),
            ResultTable.Of(id, Whole(table), words));
    }

    // A line for each column of the table, from the first on that is told.
    private static XElement Groups(string id, string title, string heading, V1.Table table, int first, Wording words) => ResultTable.Of(
        id, title,
        [heading, words.Of("Participants", "受试者"), .. Told.Select(key => Name(table, key, words))],
        table.Columns.Select((column, i) => TableLine.Of(
            words.Of(column.Label, column.LabelZh),
            Told.Select(key => CellWords.Of(table.Find(key)!.Measure, table.Find(key)!.Cells[i], column.ParticipantCount, words)).Prepend(Numerals.Count(column.ParticipantCount)))).Skip(first),
        words,
        words.Of("Forms and fields: there/expected (%). Days: median (quartiles); range; number of values.", "表单及字段：已有/应有（%）。天数：中位数（四分位数）；范围；数值个数。"));

    private static XElement Bars(string id, V1.Table table, string key, Wording words)
    {
        var (row, name) = (table.Find(key)!, Name(table, key, words));
        var bars = table.Columns.Select((column, i) => row.Cells[i] is { HasEstimate: true } cell
            ? new ShareBar(words.Of(column.Label, column.LabelZh), cell.Estimate, null, null, $"{Numerals.Percent(cell.Estimate)} %", $"{Numerals.Count(cell.EventCount)}/{Numerals.Count(cell.EventDenominator)} ({Numerals.Percent(cell.Estimate)} %)")
            : new ShareBar(words.Of(column.Label, column.LabelZh), null, null, null, "–", words.NotEstimable(row.Cells[i].NotEstimableReason))).ToList();
        return Part.Titled(Picture.InBothWidths($"{id}-{key.Split('/')[0]}", name, ResponseFigure.InWords(bars, words), width => ShareBars.Draw(bars, width)), name);
    }

    // What a row is, under its heading.
    private static string Name(V1.Table table, string key, Wording words)
    {
        var (heading, row) = (table.Find(key.Split('/')[0])!, table.Find(key)!);
        var (first, second) = (words.Of(heading.Label, heading.LabelZh), words.Of(row.Label, row.LabelZh));
        return (key.EndsWith("/all", StringComparison.Ordinal) ? first : $"{first}{words.Of(": ", "：")}{second}") + (row.Unit == "days" ? words.Of(", days", "，天") : "");
    }

    // The columns of the sites stand in the table above.
    private static V1.Table Whole(V1.Table table)
    {
        var whole = table.Clone();
        while (whole.Columns.Count > 1)
        {
            whole.Columns.RemoveAt(whole.Columns.Count - 1);
            foreach (var row in whole.Rows.Where(row => row.Cells.Count > 1))
            {
                row.Cells.RemoveAt(row.Cells.Count - 1);
            }
        }

        return whole;
    }
}

using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Best overall response: the rates, and every category, as bars.</summary>
internal static class ResponseFigure
{
    /// <summary>Makes it.</summary>
    /// <param name="table">Best overall response.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, Wording words)
    {
        const string id = "best-response";
        var title = words.Of(table.Title, table.TitleZh);
        if (table.ParticipantCount() == 0)
        {
            return Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, table.Rows[0].Cells[0].NotEstimableReason));
        }

        var rates = table.Rows.Where(row => row.Key is "orr" or "cr-rate" or "vgpr-rate" or "mrd-negative-rate").Select(row => row.ToBar(table, words)).ToList();
        var categories = table.Rows.Where(row => row.Key.StartsWith("bor/", StringComparison.Ordinal)).Select(row => row.ToBar(table, words)).ToList();
        return Part.Of(
            id, title, Source.Of(table), words,
            Part.Figure(
                Picture.InBothWidths($"{id}-rates", words.Of("Response rates", "缓解率"), InWords(rates, words), width => ShareBars.Draw(rates, width)),
                words.Of("Rates, in percent of the participants. The line through a bar's end is its confidence interval.", "缓解率（占受试者的百分比）。横线为置信区间。")),
            Part.Figure(
                Picture.InBothWidths($"{id}-categories", title, InWords(categories, words), width => ShareBars.Draw(categories, width)),
                words.Of("Best category of each participant; every participant is in one bar.", "每例受试者的最佳疗效；每例仅计入一项。")),
            Element("h4", words.Of("The same as a table", "数据表")),
            ResultTable.Of(id, table, words));
    }

    /// <summary>Bars in words.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="words">The language.</param>
    public static string InWords(IEnumerable<ShareBar> bars, Wording words) =>
        string.Join(words.Of("; ", "；"), bars.Select(bar => $"{bar.Label}{words.Of(": ", "：")}{bar.Full}")) + words.Of(".", "。");
}

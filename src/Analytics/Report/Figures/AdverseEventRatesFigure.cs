using System.Xml.Linq;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Exposure-adjusted rates of adverse events: of participants to their first one, then of all events.</summary>
internal static class AdverseEventRatesFigure
{
    /// <summary>Makes it.</summary>
    /// <param name="table">Adverse events in sum, with their rates.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, Wording words)
    {
        const string id = "adverse-event-rates";
        var title = words.Of("Exposure-adjusted rates of adverse events", "不良事件的暴露校正发生率");
        return table.ParticipantCount() == 0
            ? Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, "no participants"))
            : Part.Of(id, title, Source.Of(table), words, ResultTable.Of(
                id,
                Element("span", Class("unseen"), title),
                ["", .. table.Headings(words)],
                table.Rows.Where(row => row.Measure == Measure.Rate).GroupBy(SortOf).SelectMany(sort => Lines(table, [.. sort], words)).Prepend(Exposure(table, words)),
                words,
                words.Of(
                    "Events: rate per 100 person-months (interval). Days: median (quartiles); range; number of values.",
                    "事件数：每100人月发生率（区间）。天数：中位数（四分位数）；范围；数值个数。")));
    }

    // Whether it is of participants or of events, which ends the key of each rate.
    private static string SortOf(V1.Table.Types.Row rate) => rate.Key[(rate.Key.LastIndexOf('/') + 1)..];

    private static IEnumerable<TableLine> Lines(V1.Table table, List<V1.Table.Types.Row> rates, Wording words) =>
        rates.Select(rate => Line(table.Find(rate.Key[..rate.Key.LastIndexOf('/')])!, level: 1, rate, table, words))
            .Prepend(new TableLine(words.Of(rates[0].Label, rates[0].LabelZh), 0, IsHeading: true, []));

    private static TableLine Exposure(V1.Table table, Wording words)
    {
        var row = table.Find("exposure")!;
        var line = Line(row, level: 0, row, table, words);
        return line with { Label = line.Label + words.Of(", days", "，天") };
    }

    private static TableLine Line(V1.Table.Types.Row label, int level, V1.Table.Types.Row row, V1.Table table, Wording words) => new(
        words.Of(label.Label, label.LabelZh), level, IsHeading: false, [.. row.Cells.Select((cell, i) => CellWords.Of(row.Measure, cell, table.Columns[i].ParticipantCount, words))]);
}

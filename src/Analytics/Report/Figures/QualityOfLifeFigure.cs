using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Quality of life: how scores changed from baseline.</summary>
internal static class QualityOfLifeFigure
{
    private static readonly (string Key, bool HighIsGood)[] Drawn =
        [("ql2", true), ("pf2", true), ("fa", false), ("pa", false), ("eq5d-index", true), ("eq-vas", true)];

    private static readonly int[] Weeks = [4, 8, 12, 24];

    /// <summary>Makes it.</summary>
    /// <param name="table">Quality of life.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, Wording words)
    {
        const string id = "quality-of-life";
        var title = words.Of("Change of quality of life from baseline", "生活质量较基线变化");
        var scores = table.Rows.Where(row => row.Level == 0).ToList();
        var panels = Drawn.Select(one => Panel(table, one.Key, one.HighIsGood, words)).Where(panel => panel.Changes.Count > 0).ToList();
        return Part.Of(
            id, title, Source.Of(table), words,
            panels.Count == 0
                ? Part.Nothing(words, table.ParticipantCount() == 0 ? "no participants" : table.Find("ql2/week-4/change")!.Cells[0].NotEstimableReason)
                : Part.Figure(
                    Picture.InBothWidths($"{id}-panels", title, InWords(panels, words), width => ChangePanels.Draw(panels, words, width)),
                    words.Of("Mean change from baseline in points, with t intervals, of those with both scores.", "较基线的平均变化（分）及t区间，仅含两次均有评分者。")),
            Element("h4", words.Of("All scores, by visit", "各量表评分（按访视）")),
            ResultTable.Of(
                id, title,
                [words.Of("Score", "量表"), words.Of("Baseline", "基线"), .. Weeks.Select(week => words.Of($"Week {week}", $"第{week}周"))],
                scores.Select(row => TableLine.Of(words.Of(row.Label, row.LabelZh), Weeks.Select(week => Cell(table, $"{row.Key}/week-{week}/change", words)).Prepend(Baseline(table, row.Key, words)))),
                words,
                words.Of("Baseline: mean; values. Weeks: mean change (interval); values.", "基线：均值；例数。各周：平均变化（区间）；例数。")),
            ResultTable.Of(
                $"{id}-shares",
                words.Of("Better and worse than at baseline", "较基线改善和恶化"),
                [words.Of("Score", "量表"), .. Weeks.Select(week => words.Of($"Week {week}", $"第{week}周"))],
                scores.Select(row => TableLine.Of(words.Of(row.Label, row.LabelZh), Weeks.Select(week => BetterWorse(table, $"{row.Key}/week-{week}", words)))),
                words,
                words.Of("Better; worse; of those with both scores.", "改善；恶化；两次均有评分者。")),
            Part.Apart(table.Columns.Count - 1, words, () => ByProvenance(id, title, table, scores, words)));
    }

    private static XElement ByProvenance(string id, string title, V1.Table table, List<V1.Table.Types.Row> scores, Wording words)
    {
        var visits = table.Groups(words).SelectMany(group => Weeks.Select(week => (group.Column, group.Label, Week: week))).ToList();
        return ResultTable.Of(
            $"{id}-provenance",
            title,
            [words.Of("Score", "量表"), .. visits.Select(visit => words.Of($"{visit.Label}: week {visit.Week}", $"{visit.Label}：第{visit.Week}周"))],
            scores.Select(row => TableLine.Of(
                words.Of(row.Label, row.LabelZh), visits.Select(visit => Cell(table, $"{row.Key}/week-{visit.Week}/change", words, visit.Column)))),
            words,
            words.Of("Mean change (interval); values.", "平均变化（区间）；例数。"));
    }

    private static ChangePanel Panel(V1.Table table, string key, bool highIsGood, Wording words) => new(
        table.Find(key) is { } row ? words.Of(row.Label, row.LabelZh) : key,
        highIsGood,
        [
            .. from week in Weeks
               let cell = table.Find($"{key}/week-{week}/change")?.Cells[0]
               where cell is { HasEstimate: true }
               select (week, cell.Estimate, cell.HasLower ? cell.Lower : (double?)null, cell.HasUpper ? cell.Upper : (double?)null),
        ]);

    private static string Cell(V1.Table table, string key, Wording words, int column = 0) => table.Find(key) is { } row
        ? CellWords.Of(row.Measure, row.Cells[column], table.Columns[column].ParticipantCount, words, withIntervals: false)
        : "";

    private static string Baseline(V1.Table table, string key, Wording words) => table.Find($"{key}/baseline")!.Cells[0] is var cell && cell.Summary is { HasMean: true } summary
        ? $"{Numerals.Number(summary.Mean)}; n\u00a0=\u00a0{Numerals.Count(summary.Count)}"
        : words.NotEstimable(cell.NotEstimableReason);

    private static string BetterWorse(V1.Table table, string visit, Wording words)
    {
        var (better, worse) = (table.Find($"{visit}/better")!.Cells[0], table.Find($"{visit}/worse")!.Cells[0]);
        return better.HasEstimate
            ? $"{Numerals.Count(better.ParticipantCount)} ({Numerals.Percent(better.Estimate)}\u00a0%); {Numerals.Count(worse.ParticipantCount)} ({Numerals.Percent(worse.Estimate)}\u00a0%); n\u00a0=\u00a0{Numerals.Count(better.HasDenominator ? better.Denominator : table.ParticipantCount())}"
            : words.NotEstimable(better.NotEstimableReason);
    }

    private static string InWords(IEnumerable<ChangePanel> panels, Wording words) => string.Join(words.Of("; ", "；"), panels.Select(panel =>
        $"{panel.Label}{words.Of(": ", "：")}{words.List(panel.Changes.Select(change => words.Of($"week {change.Week} {Numerals.Number(change.Mean)}", $"第{change.Week}周{Numerals.Number(change.Mean)}")))}")) + words.Of(".", "。");
}

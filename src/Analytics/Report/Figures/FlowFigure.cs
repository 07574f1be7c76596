using System.Xml.Linq;
using Equecel.Analytics.Report.Drawing;
using Equecel.Analytics.Report.Parts;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Figures;

/// <summary>Which treatment followed which.</summary>
internal static class FlowFigure
{
    private const int MostNodes = 7;
    private const int LongestLabel = 22;

    /// <summary>Makes it.</summary>
    /// <param name="table">Treatment flow.</param>
    /// <param name="words">The language.</param>
    public static XElement Make(V1.Table table, Wording words)
    {
        const string id = "treatment-flow";
        var title = words.Of(table.Title, table.TitleZh);
        if (table.ParticipantCount() == 0)
        {
            return Part.Of(id, title, Source.Of(table), words, Part.Nothing(words, "no participants"));
        }

        var rare = new Dictionary<string, string>();
        var stages = table.Rows.Where(row => row.Level == 0 && row.Key != "flow").Select(row => Stage(table, row, rare, words)).Where(stage => stage.Nodes.Count > 0).ToList();
        var links = table.Rows.Where(row => row.Flow is not null)
            .GroupBy(row => (From: rare.GetValueOrDefault(row.Flow.FromRow, row.Flow.FromRow), To: rare.GetValueOrDefault(row.Flow.ToRow, row.Flow.ToRow)))
            .Select(flow => new FlowLink(flow.Key.From, flow.Key.To, flow.Sum(row => row.Cells[0].ParticipantCount))).ToList();
        return Part.Of(
            id, title, Source.Of(table), words,
            Part.Figure(
                Picture.InBothWidths(id, title, InWords(stages, words), width => FlowPicture.Draw(stages, links, width)),
                words.Of(
                    $"Every participant goes from left to right; bands are as thick as participants are many. A stage shows its {MostNodes} most frequent treatments.",
                    $"每例受试者自左向右；带宽与例数成正比。每阶段显示最常见的{MostNodes}项。")),
            Element("h4", words.Of("The same as a table", "数据表")),
            ResultTable.Of(id, table, words, withIntervals: false));
    }

    private static FlowStage Stage(V1.Table table, V1.Table.Types.Row heading, Dictionary<string, string> rare, Wording words)
    {
        var rows = table.Rows.Where(row => row.Level == 1 && row.Flow is null && row.Key.StartsWith($"{heading.Key}/", StringComparison.Ordinal) && row.Cells[0].ParticipantCount > 0).ToList();
        var others = rows.Count > MostNodes ? rows.Skip(MostNodes).ToList() : [];
        var rest = $"{heading.Key}/";
        others.ForEach(row => rare[row.Key] = rest);
        var nodes = rows.Except(others).Select(row => new FlowNode(row.Key, Short(words.Of(row.Label, row.LabelZh)), row.Cells[0].ParticipantCount)).ToList();
        if (others.Count > 0)
        {
            nodes.Add(new FlowNode(rest, words.Of("Others", "其他"), others.Sum(row => row.Cells[0].ParticipantCount)));
        }

        return new FlowStage(words.Of(heading.Label, heading.LabelZh), nodes);
    }

    private static string Short(string label) => label.Length <= LongestLabel ? label : $"{label[..LongestLabel]}…";

    private static string InWords(IEnumerable<FlowStage> stages, Wording words) => string.Join(
        words.Of("; ", "；"), stages.Select(stage => $"{stage.Label}{words.Of(": ", "：")}{words.List(stage.Nodes.Select(node => $"{node.Label} {node.Count}"))}")) + words.Of(".", "。");
}

using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>Draws a flow through stages: on paper and desktops as bands between nodes, on phones as the stages alone.</summary>
internal static class FlowPicture
{
    private const double Height = 360;
    private const double Top = 30;
    private const double NodeWidth = 10;
    private const double Gap = 14;

    /// <summary>Draws it.</summary>
    /// <param name="stages">The stages, at least one, with at least one participant.</param>
    /// <param name="links">The links between their nodes.</param>
    /// <param name="width">Width of the picture.</param>
    public static Picture Draw(IReadOnlyList<FlowStage> stages, IReadOnlyList<FlowLink> links, double width) =>
        width < Picture.Wide ? DrawStages(stages, width) : DrawBands(stages, links, width);

    private static Picture DrawBands(IReadOnlyList<FlowStage> stages, IReadOnlyList<FlowLink> links, double width)
    {
        var shapes = new List<XElement>();
        var labels = new List<XElement>();
        var total = stages.Max(stage => stage.Nodes.Sum(node => node.Count));
        var unit = (Height - (Gap * stages.Max(stage => stage.Nodes.Count - 1))) / total;
        var step = (width - 190) / Math.Max(1, stages.Count - 1);
        var placed = new Dictionary<string, Placed>();
        foreach (var (stage, column) in stages.Select((stage, i) => (stage, i)))
        {
            var x = column * step;
            labels.Add(Svg.Text("tick strong", x, 14, stage.Label));
            var y = Top + ((Height - (unit * stage.Nodes.Sum(node => node.Count)) - (Gap * (stage.Nodes.Count - 1))) / 2);
            foreach (var node in stage.Nodes)
            {
                placed[node.Key] = new Placed(x, y);
                labels.Add(Svg.Box("bar", x, y, NodeWidth, Math.Max(1, node.Count * unit)));
                labels.Add(Svg.Text("tick halo", x + NodeWidth + 5, y + (node.Count * unit / 2) + 4, $"{node.Label} {node.Count}"));
                y += (node.Count * unit) + Gap;
            }
        }

        // Bands leave and arrive from top to bottom in the order of the nodes they lead to and from.
        foreach (var link in links.OrderBy(link => placed[link.From].X).ThenBy(link => placed[link.From].Y).ThenBy(link => placed[link.To].Y))
        {
            var (from, to, thickness) = (placed[link.From], placed[link.To], link.Count * unit);
            var (x1, x2) = (from.X + NodeWidth, to.X);
            var (y1, y2, middle) = (from.Y + from.Left, to.Y + to.Arrived, Svg.Length((x1 + x2) / 2));
            shapes.Add(Svg.Path(
                "flow",
                $"M{Svg.Length(x1)} {Svg.Length(y1)}C{middle} {Svg.Length(y1)} {middle} {Svg.Length(y2)} {Svg.Length(x2)} {Svg.Length(y2)}v{Svg.Length(thickness)}"
                + $"C{middle} {Svg.Length(y2 + thickness)} {middle} {Svg.Length(y1 + thickness)} {Svg.Length(x1)} {Svg.Length(y1 + thickness)}Z"));
            from.Left += thickness;
            to.Arrived += thickness;
        }

        return new Picture(Top + Height + 12, [.. shapes, .. labels]);
    }

    private static Picture DrawStages(IReadOnlyList<FlowStage> stages, double width)
    {
        var shapes = new List<XElement>();
        var y = 0.0;
        foreach (var stage in stages)
        {
            var all = Math.Max(1, stage.Nodes.Sum(node => node.Count));
            shapes.Add(Svg.Text("tick strong", 0, y += 18, stage.Label));
            foreach (var node in stage.Nodes)
            {
                shapes.Add(Svg.Text("tick", 0, y += 18, node.Label));
                shapes.Add(Svg.Text("tick end strong", width, y, $"{node.Count}"));
                shapes.Add(Svg.Box("bar", 0, y += 5, width * node.Count / all, 8));
                y += 8;
            }

            y += 12;
        }

        return new Picture(y, shapes);
    }

    private sealed record Placed(double X, double Y)
    {
        public double Left { get; set; }

        public double Arrived { get; set; }
    }
}

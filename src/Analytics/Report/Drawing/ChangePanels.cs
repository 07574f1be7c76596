using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>Draws the mean change of scores from baseline, a panel for each.</summary>
internal static class ChangePanels
{
    private const double PanelHeight = 190;
    private const double Gap = 18;
    private const int LastWeek = 24;

    private static readonly int[] Weeks = [0, 4, 8, 12, 24];

    // Of the axes of change; the smallest that holds everything.
    private static readonly double[] Reaches = [0.05, 0.1, 0.2, 0.5, 1, 5, 10, 20, 50, 100];

    /// <summary>Draws them.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="words">The language.</param>
    /// <param name="width">Width of the picture.</param>
    public static Picture Draw(IReadOnlyList<ChangePanel> panels, Wording words, double width)
    {
        var columns = width < Picture.Wide ? 1 : 3;
        var panelWidth = (width - ((columns - 1) * Gap)) / columns;
        var shapes = new List<XElement>();
        for (var i = 0; i < panels.Count; i++)
        {
            Draw(shapes, panels[i], words, ((i % columns) * (panelWidth + Gap), (i / columns) * (PanelHeight + Gap)), panelWidth);
        }

        return new Picture((((panels.Count + columns - 1) / columns) * (PanelHeight + Gap)) - Gap, shapes);
    }

    private static void Draw(List<XElement> shapes, ChangePanel panel, Wording words, (double X, double Y) corner, double width)
    {
        var largest = panel.Changes.SelectMany(change => new[] { change.Mean, change.Lower, change.Upper }).Max(value => Math.Abs(value ?? 0));
        var reach = Reaches.FirstOrDefault(reach => reach >= largest, largest);
        var (left, right, top, bottom) = (corner.X + 42, corner.X + width - 12, corner.Y + 38, corner.Y + PanelHeight - 36);

        shapes.Add(Svg.Text("label strong", corner.X, corner.Y + 13, panel.Label));
        shapes.Add(Svg.Text("tick", corner.X, corner.Y + 28, panel.HighIsGood ? words.Of("up is better", "上升为改善") : words.Of("down is better", "下降为改善")));
        foreach (var share in (double[])[-1, 0, 1])
        {
            var y = Y(share * reach);
            shapes.Add(Svg.Line(share == 0 ? "axis" : "grid", left, y, right, y));
            shapes.Add(Svg.Text("tick end", left - 5, y + 4, $"{(share > 0 ? "+" : "")}{Numerals.Number(share * reach)}"));
        }

        foreach (var week in Weeks)
        {
            shapes.Add(Svg.Text("tick middle", X(week), bottom + 16, $"{week}"));
        }

        shapes.Add(Svg.Text("tick middle", (left + right) / 2, bottom + 31, words.Of("weeks", "周")));
        var path = $"M{Svg.Length(X(0))} {Svg.Length(Y(0))}" + string.Concat(panel.Changes.Select(change => $"L{Svg.Length(X(change.Week))} {Svg.Length(Y(change.Mean))}"));
        shapes.Add(Svg.Path("curve all", path));
        foreach (var (week, mean, lower, upper) in panel.Changes)
        {
            if (lower is { } low && upper is { } high)
            {
                shapes.Add(Svg.Path("whisker", $"M{Svg.Length(X(week))} {Svg.Length(Y(low))}V{Svg.Length(Y(high))}M{Svg.Length(X(week) - 3)} {Svg.Length(Y(low))}h6M{Svg.Length(X(week) - 3)} {Svg.Length(Y(high))}h6"));
            }

            shapes.Add(Svg.Box("bar", X(week) - 3, Y(mean) - 3, 6, 6));
        }

        double X(int week) => left + ((right - left) * week / LastWeek);

        double Y(double change) => ((top + bottom) / 2) - ((bottom - top) / 2 * change / reach);
    }
}

using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>Draws step curves with their intervals, those who are censored, and the numbers at risk.</summary>
internal static class CurvePicture
{
    private const double LineHeight = 18;

    /// <summary>Draws them.</summary>
    /// <param name="lines">The curves, at least one.</param>
    /// <param name="share">What the share is, along its axis.</param>
    /// <param name="months">What the months count from, along their axis.</param>
    /// <param name="words">The language.</param>
    /// <param name="width">Width of the picture.</param>
    public static Picture Draw(IReadOnlyList<CurveLine> lines, string share, string months, Wording words, double width)
    {
        var isNarrow = width < Picture.Wide;
        var axis = MonthAxis.To(lines.Max(line => line.Steps.Count == 0 ? 0 : line.Steps[^1].Days), most: isNarrow ? 6 : 14);
        var left = isNarrow ? 46 : Math.Max(64, 48 + lines.Max(line => Svg.WidthOf(line.Label)));
        var plot = new Plot(left, 26, width - left - 14, isNarrow ? 200 : 300, axis.Days);
        lines = [.. lines.Select(line => line.Within(axis.Days))];
        var shapes = new List<XElement> { Svg.Text("label", 0, 12, share) };
        Frame(shapes, plot, axis, months);
        foreach (var line in lines.Where(line => line.WithBand))
        {
            shapes.Add(Svg.Path($"band {line.Style}", CurvePaths.Band(line, plot)));
        }

        foreach (var line in lines.Reverse())
        {
            shapes.Add(Svg.Path($"curve {line.Style}", CurvePaths.Steps(line, plot)));
            shapes.Add(Svg.Path(
                $"censored {line.Style}",
                string.Concat(line.Steps.Where(step => step.IsCensored).Select(step => $"M{Svg.Length(plot.X(step.Days))} {Svg.Length(plot.Y(step.Value) - 4)}v8"))));
        }

        return new Picture(AtRisk(shapes, lines, plot, axis, words, isNarrow), shapes);
    }

    private static void Frame(List<XElement> shapes, Plot plot, MonthAxis axis, string months)
    {
        for (var percent = 0; percent <= 100; percent += 25)
        {
            var y = plot.Y(percent / 100.0);
            shapes.Add(Svg.Line(percent == 0 ? "axis" : "grid", plot.Left, y, plot.Right, y));
            shapes.Add(Svg.Text("tick end", plot.Left - 6, y + 4, $"{percent} %"));
        }

        foreach (var (month, x) in axis.Ticks.Select(month => (month, plot.X(month * ReportQuestion.DaysPerMonth))))
        {
            shapes.Add(Svg.Line("axis", x, plot.Bottom, x, plot.Bottom + 4));
            shapes.Add(Svg.Text("tick middle", x, plot.Bottom + 17, $"{month}"));
        }

        shapes.Add(Svg.Text("label middle", (plot.Left + plot.Right) / 2, plot.Bottom + 34, months));
    }

    private static double AtRisk(List<XElement> shapes, IReadOnlyList<CurveLine> lines, Plot plot, MonthAxis axis, Wording words, bool isNarrow)
    {
        var y = plot.Bottom + 58;
        shapes.Add(Svg.Text("label strong", 0, y, words.Of("Number at risk", "风险人数")));
        foreach (var line in lines)
        {
            y += LineHeight + (isNarrow ? 4 : 2);
            shapes.Add(Svg.Line($"curve {line.Style}", 0, y - 4, 22, y - 4));
            shapes.Add(Svg.Text("tick", 28, y, line.Label));
            y += isNarrow ? LineHeight - 2 : 0;
            foreach (var month in axis.Ticks)
            {
                shapes.Add(Svg.Text("tick middle", plot.X(month * ReportQuestion.DaysPerMonth), y, $"{line.AtRisk[MonthAxis.Position(month)]}"));
            }
        }

        return y + 8;
    }
}

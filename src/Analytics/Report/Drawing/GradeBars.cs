using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>Draws how many had an event by worst grade, as bars whose pieces are the grades in their order, numbered where there is room.</summary>
internal static class GradeBars
{
    private const double LabelWidth = 300;
    private const double NumberWidth = 100;
    private const double LegendHeight = 28;
    private const int LongestLabel = 40;

    // At the edges of a phone, the numbers of the axis stay within.
    private static readonly string[] Edges = ["tick", "tick middle", "tick end"];

    /// <summary>Draws them.</summary>
    /// <param name="bars">The bars, from the top, at least one.</param>
    /// <param name="participants">Participants of whom they are a part, at least one.</param>
    /// <param name="words">The language.</param>
    /// <param name="width">Width of the picture.</param>
    public static Picture Draw(IReadOnlyList<GradeBar> bars, long participants, Wording words, double width)
    {
        var isNarrow = width < Picture.Wide;
        var (left, rowHeight, barTop) = isNarrow ? (2.0, 42.0, 18.0) : (LabelWidth, 26.0, 4.0);
        var full = width - left - (isNarrow ? 12 : NumberWidth);

        // The axis ends at the next tenth above the longest bar.
        var most = Math.Clamp(Math.Ceiling(10.0 * bars.Max(bar => bar.Counts.Sum()) / participants) / 10, 0.1, 1);
        var bottom = LegendHeight + (bars.Count * rowHeight) + 4;
        var shapes = new List<XElement>();
        Legend(shapes, left, words, isNarrow);
        for (var part = 0; part <= 2; part++)
        {
            var x = left + (full * part / 2);
            shapes.Add(Svg.Line(part == 0 ? "axis" : "grid", x, LegendHeight, x, bottom));
            shapes.Add(Svg.Text(isNarrow ? Edges[part] : "tick middle", x, bottom + 16, $"{Numerals.Number(100 * most * part / 2)} %"));
        }

        foreach (var (bar, y) in bars.Select((bar, i) => (bar, LegendHeight + (i * rowHeight))))
        {
            var label = words.Marked(bar.Label.Length <= LongestLabel ? bar.Label : $"{bar.Label[..LongestLabel]}…", "tspan");
            shapes.Add(isNarrow ? Svg.Text("tick halo", 2, y + 13, label) : Svg.Text("tick end", left - 8, y + 16, label));
            shapes.Add(isNarrow ? Svg.Text("tick end strong halo", width, y + 13, bar.Short) : Svg.Text("tick strong", left + full + 10, y + 16, bar.Short));
            var at = left;
            foreach (var (count, grade) in bar.Counts.Select((count, i) => (count, i + 1)).Where(one => one.count > 0))
            {
                var length = full * count / participants / most;
                shapes.Add(Svg.Box($"grade-{grade}", at, y + barTop, length, 17));
                if (length > Svg.WidthOf($"{count}") + 4)
                {
                    shapes.Add(Svg.Text($"tick middle on-grade-{grade}", at + (length / 2), y + barTop + 13, $"{count}"));
                }

                at += length;
            }
        }

        return new Picture(bottom + 22, shapes);
    }

    private static void Legend(List<XElement> shapes, double left, Wording words, bool isNarrow)
    {
        var step = isNarrow ? 48 : 60;
        shapes.Add(Svg.Text(isNarrow ? "label" : "label end", isNarrow ? 2 : left - 8, 13, words.Of("Worst grade", "最高分级")));
        for (var grade = 1; grade <= 5; grade++)
        {
            var x = (isNarrow ? 92 : left) + ((grade - 1) * step);
            shapes.Add(Svg.Box($"grade-{grade}", x, 2, 14, 14));
            shapes.Add(Svg.Text("tick", x + 19, 13, $"{grade}"));
        }
    }
}

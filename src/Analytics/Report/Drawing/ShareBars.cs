using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>Draws shares of the participants as bars with their intervals.</summary>
internal static class ShareBars
{
    private const double LabelWidth = 300;
    private const double NumberWidth = 190;

    /// <summary>Draws them.</summary>
    /// <param name="bars">The bars, from the top.</param>
    /// <param name="width">Width of the picture.</param>
    public static Picture Draw(IReadOnlyList<ShareBar> bars, double width)
    {
        var isNarrow = width < Picture.Wide;
        var (left, rowHeight, barTop) = isNarrow ? (2.0, 44.0, 18.0) : (LabelWidth, 28.0, 6.0);
        var full = width - left - (isNarrow ? 12 : NumberWidth);
        var bottom = (bars.Count * rowHeight) + 6;
        var shapes = new List<XElement>();
        for (var percent = 0; percent <= 100; percent += 25)
        {
            var x = left + (full * percent / 100);
            shapes.Add(Svg.Line(percent == 0 ? "axis" : "grid", x, 0, x, bottom));
            shapes.Add(Svg.Text(percent == 0 && isNarrow ? "tick" : percent == 100 && isNarrow ? "tick end" : "tick middle", x, bottom + 16, $"{percent} %"));
        }

        foreach (var (bar, y) in bars.Select((bar, i) => (bar, i * rowHeight)))
        {
            shapes.Add(isNarrow ? Svg.Text("tick halo", 2, y + 13, bar.Label) : Svg.Text("tick end", left - 8, y + 18, bar.Label));
            shapes.Add(isNarrow ? Svg.Text("tick end strong halo", width, y + 13, bar.Short) : Svg.Text("tick strong", left + full + 10, y + 18, bar.Full));
            if (bar.Percent is { } percent)
            {
                shapes.Add(Svg.Box("bar", left, y + barTop, full * percent / 100, 16));
            }

            if (bar is { Lower: { } lower, Upper: { } upper })
            {
                var (from, to, middle) = (left + (full * lower / 100), left + (full * upper / 100), y + barTop + 8);
                shapes.Add(Svg.Path("whisker", $"M{Svg.Length(from)} {Svg.Length(middle)}H{Svg.Length(to)}M{Svg.Length(from)} {Svg.Length(middle - 4)}v8M{Svg.Length(to)} {Svg.Length(middle - 4)}v8"));
            }
        }

        return new Picture(bottom + 22, shapes);
    }
}

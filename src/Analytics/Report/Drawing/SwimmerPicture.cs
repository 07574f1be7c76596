using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;
using Equecel.Assessment.V1;
using Kind = Equecel.Analytics.V1.SwimmerLane.Types.Mark.Types.Kind;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>Draws the courses of participants as lanes: responses as pieces of different shade and height, events as marks of different shape.</summary>
internal static class SwimmerPicture
{
    private const double LaneHeight = 11;
    private const double LegendLine = 20;

    private static readonly (Response[] Responses, string Style, string English, string Chinese)[] Levels =
    [
        ([Response.StringentComplete, Response.Complete], "level-cr", "sCR or CR", "sCR或CR"),
        ([Response.VeryGoodPartial], "level-vgpr", "VGPR", "VGPR"),
        ([Response.Partial], "level-pr", "PR", "PR"),
        ([Response.Minimal, Response.StableDisease], "level-sd", "MR or SD", "MR或SD"),
        ([Response.ProgressiveDisease], "level-pd", "PD", "PD"),
    ];

    private static readonly (Kind Kind, string English, string Chinese)[] Marks =
    [
        (Kind.Progression, "progression", "疾病进展"), (Kind.NewTherapy, "new therapy", "新治疗"), (Kind.SecondInfusion, "second infusion", "再次回输"), (Kind.Death, "death", "死亡"),
    ];

    /// <summary>Draws them.</summary>
    /// <param name="lanes">The lanes, from the top, at least one.</param>
    /// <param name="words">The language.</param>
    /// <param name="width">Width of the picture.</param>
    public static Picture Draw(IReadOnlyList<V1.SwimmerLane> lanes, Wording words, double width)
    {
        var isNarrow = width < Picture.Wide;
        var shapes = new List<XElement>();
        var top = Legend(shapes, words, width) + 8;
        var axis = MonthAxis.UpTo(lanes.Max(lane => lane.LastDay), most: isNarrow ? 6 : 14);
        var left = isNarrow ? 50.0 : 64;
        var plot = new Plot(left, top, width - left - 18, lanes.Count * LaneHeight, axis.Days);
        foreach (var (month, x) in axis.Ticks.Select(month => (month, plot.X(month * ReportQuestion.DaysPerMonth))))
        {
            shapes.Add(Svg.Line("grid", x, plot.Top, x, plot.Bottom + 4));
            shapes.Add(Svg.Text("tick middle", x, plot.Bottom + 17, $"{month}"));
        }

        shapes.Add(Svg.Text("label middle", (plot.Left + plot.Right) / 2, plot.Bottom + 34, words.Of("Months from infusion", "回输后月数")));
        foreach (var (lane, y) in lanes.Select((lane, i) => (lane, plot.Top + ((i + 0.5) * LaneHeight))))
        {
            Lane(shapes, lane, plot, y);
        }

        return new Picture(plot.Bottom + 42, shapes);
    }

    private static void Lane(List<XElement> shapes, V1.SwimmerLane lane, Plot plot, double y)
    {
        shapes.Add(Svg.Text("small end", plot.Left - 6, y + 3.5, lane.Participant));
        shapes.Add(Svg.Box("level-none", plot.Left, y - 1.5, plot.X(lane.LastDay) - plot.Left, 3));
        foreach (var span in lane.CurrentSpans)
        {
            if (Array.Find(Levels, level => level.Responses.Contains(span.Response)) is { Style: { } style })
            {
                shapes.Add(Svg.Box(style, plot.X(span.FirstDay - 1), y - 4, Math.Max(1.5, plot.X(span.LastDay) - plot.X(span.FirstDay - 1)), 8));
            }
        }

        if (lane.End != V1.SwimmerLane.Types.End.Death)
        {
            var x = plot.X(lane.LastDay);
            shapes.Add(Svg.Path("arrow", $"M{Svg.Length(x)} {Svg.Length(y - 3)}l5 3l-5 3"));
        }

        shapes.AddRange(lane.Marks.Select(mark => Mark(mark.Kind, plot.X(mark.Day), y)));
    }

    private static XElement Mark(Kind kind, double x, double y)
    {
        var (at, middle) = (Svg.Length(x), Svg.Length(y));
        return kind switch
        {
            Kind.Progression => Svg.Path("mark", $"M{Svg.Length(x - 4)} {Svg.Length(y + 4)}h8l-4 -8Z"),
            Kind.NewTherapy => Svg.Path("mark open", $"M{Svg.Length(x - 5)} {middle}L{at} {Svg.Length(y - 5)}L{Svg.Length(x + 5)} {middle}L{at} {Svg.Length(y + 5)}Z"),
            Kind.SecondInfusion => Svg.Box("mark open", x - 4, y - 4, 8, 8),
            _ => Svg.Path("cross", $"M{Svg.Length(x - 4)} {Svg.Length(y - 4)}l8 8m0 -8l-8 8"),
        };
    }

    private static double Legend(List<XElement> shapes, Wording words, double width)
    {
        var (x, y) = (0.0, 10.0);
        foreach (var level in Levels)
        {
            Put(level.English, level.Chinese, () => [Svg.Box(level.Style, x, y - 4, 18, 8)]);
        }

        foreach (var mark in Marks)
        {
            Put(mark.English, mark.Chinese, () => [Mark(mark.Kind, x + 9, y)]);
        }

        Put("alive when last known", "末次随访存活", () => [Svg.Path("arrow", $"M{Svg.Length(x + 6)} {Svg.Length(y - 3)}l5 3l-5 3")]);
        return y + 10;

        void Put(string english, string chinese, Func<IEnumerable<XElement>> sample)
        {
            var label = words.Of(english, chinese);
            var length = 24 + Svg.WidthOf(label) + 18;
            if (x > 0 && x + length > width)
            {
                (x, y) = (0, y + LegendLine);
            }

            shapes.AddRange(sample());
            shapes.Add(Svg.Text("tick", x + 24, y + 4, label));
            x += length;
        }
    }
}

using System.Text;
using static Equecel.Analytics.Report.Markup.Svg;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>The paths of a step curve and of its interval.</summary>
internal static class CurvePaths
{
    /// <summary>The curve: flat to each step, then up or down.</summary>
    /// <param name="line">The curve.</param>
    /// <param name="plot">Where.</param>
    public static string Steps(CurveLine line, Plot plot)
    {
        var path = new StringBuilder($"M{Length(plot.X(0))} {Length(plot.Y(line.Start))}");
        foreach (var step in line.Steps)
        {
            path.Append($"H{Length(plot.X(step.Days))}V{Length(plot.Y(step.Value))}");
        }

        return path.ToString();
    }

    /// <summary>The interval: an area for each stretch on which it is estimable.</summary>
    /// <param name="line">The curve.</param>
    /// <param name="plot">Where.</param>
    public static string Band(CurveLine line, Plot plot)
    {
        var path = new StringBuilder();
        for (var i = 0; i < line.Steps.Count; i++)
        {
            if (line.Steps[i] is not { Lower: { } lower, Upper: { } upper } || i + 1 == line.Steps.Count)
            {
                continue;
            }

            var (from, to) = (Length(plot.X(line.Steps[i].Days)), Length(plot.X(line.Steps[i + 1].Days)));
            path.Append($"M{from} {Length(plot.Y(upper))}H{to}V{Length(plot.Y(lower))}H{from}Z");
        }

        return path.ToString();
    }
}

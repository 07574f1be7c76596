using System.Xml.Linq;
using Equecel.Analytics.Report.Markup;

namespace Equecel.Analytics.Report.Drawing;

/// <summary>What is drawn, and how high it is.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Shapes">The shapes.</param>
internal sealed record Picture(double Height, IReadOnlyList<XElement> Shapes)
{
    /// <summary>Width for desktops and paper.</summary>
    public const double Wide = 880;

    /// <summary>Width for phones.</summary>
    public const double Narrow = 340;

    /// <summary>Draws for both widths; the style of the page shows the one that fits, so that letters keep their size.</summary>
    /// <param name="id">Begins the ids.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows, for who does not see it.</param>
    /// <param name="draw">Draws to a width.</param>
    public static IEnumerable<XElement> InBothWidths(string id, string title, string description, Func<double, Picture> draw) =>
        new[] { (Width: Wide, Name: "wide"), (Width: Narrow, Name: "narrow") }.Select(one =>
        {
            var picture = draw(one.Width);
            return Svg.Picture($"{id}-{one.Name}", one.Name, (one.Width, picture.Height), title, description, picture.Shapes);
        });
}

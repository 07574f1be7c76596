using System.Globalization;
using System.Xml.Linq;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Markup;

/// <summary>Makes the shapes of pictures. Lengths are in the picture's own units, which are CSS pixels at its full width.</summary>
internal static class Svg
{
    /// <summary>A picture that says by title and description what it shows.</summary>
    /// <param name="id">Its id, from which those of its title and description are made.</param>
    /// <param name="className">Class of the picture.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows, for who does not see it.</param>
    /// <param name="shapes">What is drawn.</param>
    public static XElement Picture(string id, string className, (double Width, double Height) size, string title, string description, IEnumerable<XElement> shapes) => Element(
        "svg", Id(id), Class(className), Attribute("viewBox", $"0 0 {Length(size.Width)} {Length(size.Height)}"), Attribute("role", "img"),
        Attribute("aria-labelledby", $"{id}-title {id}-text"),
        Element("title", Id($"{id}-title"), title), Element("desc", Id($"{id}-text"), description), shapes);

    /// <summary>A line.</summary>
    public static XElement Line(string className, double x1, double y1, double x2, double y2) =>
        Element("line", Class(className), Number("x1", x1), Number("y1", y1), Number("x2", x2), Number("y2", y2));

    /// <summary>A rectangle.</summary>
    public static XElement Box(string className, double x, double y, double width, double height) =>
        Element("rect", Class(className), Number("x", x), Number("y", y), Number("width", Math.Max(0, width)), Number("height", height));

    /// <summary>A path.</summary>
    public static XElement Path(string className, string commands) => Element("path", Class(className), Attribute("d", commands));

    /// <summary>Text that begins at a point; class <c>middle</c> sets it around it, <c>end</c> before it.</summary>
    public static XElement Text(string className, double x, double y, object text) => Element("text", Class(className), Number("x", x), Number("y", y), text);

    /// <summary>A length, to a tenth of a pixel.</summary>
    /// <param name="value">The length.</param>
    public static string Length(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>About how wide a text is at the size of pictures.</summary>
    /// <param name="text">The text.</param>
    public static double WidthOf(string text) => text.Sum(letter => letter >= '\u2e80' ? 12 : 6.4);

    private static XAttribute Number(string name, double value) => Attribute(name, Length(value));
}

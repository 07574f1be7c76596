using System.Xml.Linq;

namespace Equecel.Analytics.Report.Markup;

/// <summary>Makes elements of HTML and of the SVG in it. Text and attributes are data here; <see cref="HtmlWriter"/> escapes them.</summary>
internal static class Html
{
    /// <summary>Makes an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Attributes, elements, texts, or sequences of them; null adds nothing.</param>
    public static XElement Element(string name, params object?[] content) => new(name, content);

    /// <summary>Makes an attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static XAttribute Attribute(string name, string value) => new(name, value);

    /// <summary>Makes a class attribute.</summary>
    /// <param name="name">Names of classes, with blanks between.</param>
    public static XAttribute Class(string name) => new("class", name);

    /// <summary>Makes an id attribute.</summary>
    /// <param name="id">The id.</param>
    public static XAttribute Id(string id) => new("id", id);

    /// <summary>A region that scrolls by itself when it is wider than the page, also by keyboard.</summary>
    /// <param name="labelledBy">Id of the element that names it.</param>
    /// <param name="content">What is in it.</param>
    public static XElement Scrolling(string labelledBy, params object?[] content) =>
        Element("div", Class("scrolling"), Attribute("role", "region"), Attribute("aria-labelledby", labelledBy), Attribute("tabindex", "0"), content);
}

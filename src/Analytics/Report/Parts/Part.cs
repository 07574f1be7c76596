using System.Xml.Linq;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Parts;

/// <summary>A part of the report: a heading, what it shows, and how that was made.</summary>
internal static class Part
{
    /// <summary>A part with one result.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="source">How the result was made.</param>
    /// <param name="words">The language.</param>
    /// <param name="content">What it shows.</param>
    public static XElement Of(string id, string title, Source source, Wording words, params object?[] content) => Element(
        "section", Class("part"), Attribute("aria-labelledby", id), Element("h3", Id(id), title), content, SourceLines.Write(source, words));

    /// <summary>A picture with its caption.</summary>
    /// <param name="pictures">The picture in both widths.</param>
    /// <param name="caption">How to read it.</param>
    public static XElement Figure(IEnumerable<XElement> pictures, string caption) => Element("figure", pictures, Element("figcaption", caption));

    /// <summary>A picture whose caption is its title.</summary>
    /// <param name="pictures">The picture in both widths.</param>
    /// <param name="title">What it is.</param>
    public static XElement Titled(IEnumerable<XElement> pictures, string title) => Element("figure", Element("figcaption", Element("b", title)), pictures);

    /// <summary>The numbers of a picture as a table, which opens on demand and is always printed.</summary>
    /// <param name="words">The language.</param>
    /// <param name="table">The table.</param>
    public static XElement Numbers(Wording words, XElement table) => Element(
        "details", Element("summary", words.Of("The numbers of this figure as a table", "图中数据（表格）")), table);

    /// <summary>A result by provenance, under a heading of its own; nothing when there is one group, which is the whole.</summary>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="words">The language.</param>
    /// <param name="write">Writes it.</param>
    public static IEnumerable<XElement> Apart(int groups, Wording words, Func<XElement> write) =>
        groups < 2 ? [] : [Element("h4", words.Of("Prospective and retrospective apart", "前瞻性与回顾性分列")), write()];

    /// <summary>Says that there is no picture, and why.</summary>
    /// <param name="words">The language.</param>
    /// <param name="reason">The reason as an answer has it.</param>
    public static XElement Nothing(Wording words, string reason) =>
        Element("p", Class("nothing"), words.Of($"Nothing to draw; {words.NotEstimable(reason)}.", $"无可绘制内容；{words.NotEstimable(reason)}。"));
}

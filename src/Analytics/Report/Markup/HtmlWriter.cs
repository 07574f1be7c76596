using System.Text;
using System.Xml.Linq;

namespace Equecel.Analytics.Report.Markup;

/// <summary>Writes elements as an HTML document.</summary>
/// <remarks>HTML Living Standard, section 13.3, serialising: void elements have no end tag, all others have one; a style is raw text.</remarks>
internal static class HtmlWriter
{
    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "link", "meta", "wbr"];

    /// <summary>Writes a document.</summary>
    /// <param name="html">Its root.</param>
    /// <returns>The document as UTF-8.</returns>
    public static byte[] Write(XElement html)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        Write(text, html);
        text.Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, XElement element)
    {
        var name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"");
            Escape(text, attribute.Value);
            text.Append('"');
        }

        text.Append('>');
        if (Void.Contains(name))
        {
            return;
        }

        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child:
                    Write(text, child);
                    break;
                case XText raw when name == "style":
                    text.Append(raw.Value);
                    break;
                case XText own:
                    Escape(text, own.Value);
                    break;
            }
        }

        text.Append("</").Append(name).Append('>');
    }

    private static void Escape(StringBuilder text, string value)
    {
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                // What no document may hold, whatever a site has sent.
                < ' ' and not ('\n' or '\t') or '\u007f' => text.Append('\ufffd'),
                _ => text.Append(letter),
            };
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace Equecel.EndToEnd.Tests.Recomputed;

/// <summary>Everything that a report says with a digit in it.</summary>
/// <param name="Lines">
/// Its lines by the id of their part, in their order, a row of a table being its cells with <c>" | "</c> between; the key is empty for what is in no part.
/// </param>
/// <param name="Figures">The texts of its pictures by their ids, with <c>" | "</c> between.</param>
internal sealed partial record ReportText(ILookup<string, string> Lines, IReadOnlyDictionary<string, string> Figures)
{
    /// <summary>Reads one.</summary>
    /// <param name="html">The report.</param>
    public static ReportText Read(string html)
    {
        var body = Style().Replace(html, "");
        var lines =
            from part in Section().Split(body)
            let id = PartId().Match(part).Groups[1].Value
            from line in Cell().Replace(LineEnd().Replace(FigureText().Replace(part, ""), "\n"), " | ").Split('\n')
            let text = Plain(line).Trim(' ', '|')
            where text.Any(char.IsAsciiDigit)
            select (id, text);
        var figures =
            from Match figure in Figure().Matches(body)
            select (Id: figure.Groups[1].Value, Text: string.Join(" | ", FigureText().Matches(figure.Value).Select(text => Plain(text.Value))));
        return new ReportText(lines.ToLookup(line => line.id, line => line.text), figures.ToDictionary(figure => figure.Id, figure => figure.Text));
    }

    private static string Plain(string html) => WebUtility.HtmlDecode(Tag().Replace(html, "")).Replace('\u00a0', ' ');

    [GeneratedRegex("<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("(?=<section )")]
    private static partial Regex Section();

    [GeneratedRegex("^<section class=\"part\" aria-labelledby=\"([^\"]+)\"")]
    private static partial Regex PartId();

    [GeneratedRegex("<svg id=\"([^\"]+)\".*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Figure();

    [GeneratedRegex("<text.*?</text>", RegexOptions.Singleline)]
    private static partial Regex FigureText();

    [GeneratedRegex("</(p|tr|h\\d|caption|figcaption|desc|title|dt|dd|div|summary|strong|span)>")]
    private static partial Regex LineEnd();

    [GeneratedRegex("</t[dh]>")]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}

using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Results;

/// <summary>Who is behind a number, and the records that each comes from.</summary>
internal static class ContributorReport
{
    /// <summary>Contributors of a page.</summary>
    public const int PageSize = 500;

    /// <summary>Writes all pages.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="ask">Gets the page of a token, which is empty for the first.</param>
    public static async Task WriteAsync(Terminal terminal, Func<string, Task<ListContributorsResponse>> ask)
    {
        var token = "";
        do
        {
            var page = await ask(token);
            if (terminal.Json)
            {
                terminal.SayJson(page);
            }
            else
            {
                Write(terminal, page);
            }

            token = page.NextPageToken;
        }
        while (token.Length > 0);
    }

    /// <summary>A record as one line, below whom it is about.</summary>
    /// <param name="source">The record.</param>
    public static string Line(ListContributorsResponse.Types.Source source) => $"    {source.Service} {source.Kind} {source.RecordId} version {source.Version}";

    private static void Write(Terminal terminal, ListContributorsResponse page)
    {
        foreach (var one in page.Contributors)
        {
            terminal.Say($"{one.Participant}  {one.Contribution}");
            foreach (var source in one.Sources)
            {
                terminal.Say(Line(source));
            }
        }
    }
}

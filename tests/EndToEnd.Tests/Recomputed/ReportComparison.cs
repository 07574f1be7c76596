using System.Text.RegularExpressions;

namespace Equecel.EndToEnd.Tests.Recomputed;

/// <summary>Compares what a report says with what was recomputed: all of either must be in the other.</summary>
internal static partial class ReportComparison
{
    // What has a digit and is no number of the study, and why. Where lines and bars are drawn is no text, and is drawn from these numbers.
    private static readonly (string Line, string Why)[] NotOfTheStudy =
    [
        (@"Method\. .*", "how a result was made: the plan's constants"),
        (@"Shares: participants \(%; 95 % interval\)\..*", "a legend: the level of the intervals"),
        (@"Intervals are of 95 % unless a method says otherwise\..*", "the level of the intervals"),
        (@"Best overall response within 24 weeks", "a title: the plan's window"),
        (@"Participant \| Last day \| Ends with \| Best response in 24 weeks \| Responses \| Events", "headings: the plan's window"),
        (@"Courses of the participants, days from infusion \(day 1\)", "a title: the plan's convention"),
        (@"Every participant goes from left to right; .* its 7 most frequent treatments\.", "how many a picture names"),
        (@"Every number is of one moment, .*", "the instant that was asked for"),
    ];

    /// <summary>Finds what differs.</summary>
    /// <param name="shown">The report.</param>
    /// <param name="recomputed">What was recomputed of it.</param>
    /// <returns>What is in one alone, with where; nothing when they agree.</returns>
    public static IEnumerable<string> Differing(ReportText shown, Recomputation recomputed) =>
    [
        .. recomputed.Parts.Keys.Union(shown.Lines.Select(part => part.Key)).SelectMany(id => DifferingLines(id, [.. shown.Lines[id]], recomputed.Parts.GetValueOrDefault(id, []))),
        .. recomputed.Figures.Keys.Union(shown.Figures.Keys)
            .SelectMany(id => DifferingTexts(id, shown.Figures.GetValueOrDefault(id, ""), recomputed.Figures.GetValueOrDefault(id, []))),
    ];

    private static List<string> DifferingLines(string id, List<string> shown, string[] recomputed)
    {
        shown.RemoveAll(line => NotOfTheStudy.Any(one => Regex.IsMatch(line, $"^{one.Line}$")));
        List<string> differing = [.. recomputed.Except(shown).Select(line => $"{id}, recomputed: {line}"), .. shown.Except(recomputed).Select(line => $"{id}, shown: {line}")];
        return differing.Count > 0 || shown.SequenceEqual(recomputed) ? differing : [$"{id}: the same lines in another order, or another number of times"];
    }

    // A picture says what was recomputed, and otherwise numbers the scales of its axes alone.
    private static IEnumerable<string> DifferingTexts(string id, string shown, string[] recomputed)
    {
        foreach (var piece in recomputed)
        {
            var said = Regex.Match(shown, $@"(?<=^|\| ){piece}(?= \||$)");
            if (!said.Success)
            {
                yield return $"{id}, recomputed: {piece}";
            }

            shown = said.Success ? shown.Remove(said.Index, said.Length) : shown;
        }

        foreach (var text in shown.Split('|', StringSplitOptions.TrimEntries).Where(text => text.Any(char.IsAsciiDigit) && !AxisMark().IsMatch(text)))
        {
            yield return $"{id}, shown: {text}";
        }
    }

    [GeneratedRegex(@"^[+−]?\d+(\.\d+)?( %)?$")]
    private static partial Regex AxisMark();
}

using System.Text;
using System.Text.RegularExpressions;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>Says what is wrong, what led to it, and where to look.</summary>
internal static partial class ViolationReport
{
    private const int Most = 12;
    private const int LinesOfHistory = 12;

    /// <summary>Writes the report on a round.</summary>
    /// <param name="result">The round.</param>
    /// <param name="history">The file with the history.</param>
    public static string Of(RoundResult result, string history)
    {
        var report = new StringBuilder();
        report.AppendLine($"{result.Violations.Count} VIOLATIONS in the round with seed {result.Seed}: {string.Join("; ", result.Faults)}");
        foreach (var violation in result.Violations.Take(Most))
        {
            report.AppendLine($"- {violation}");
        }

        report.AppendLine("From the history:");
        foreach (var line in Excerpt(result.Violations, File.Exists(history) ? File.ReadLines(history) : []))
        {
            report.AppendLine($"    {line}");
        }

        report.Append($"Look at {history}, and at the logs of the parts beside it.");
        return report.ToString();
    }

    private static IEnumerable<string> Excerpt(IEnumerable<string> violations, IEnumerable<string> history)
    {
        var ids = violations.SelectMany(violation => Named().Matches(violation)).Select(match => match.Value).Distinct().Take(5).ToList();
        return history.Where(line => ids.Exists(id => id.StartsWith("intent ", StringComparison.Ordinal)
            ? line.Contains($"\"id\":{id["intent ".Length..]},", StringComparison.Ordinal)
            : line.Contains(id, StringComparison.Ordinal))).Take(LinesOfHistory);
    }

    [GeneratedRegex("intent [0-9]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Named();
}

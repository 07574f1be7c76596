using System.Globalization;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

/// <summary>Groups with competing events: "3 7+ 9x" is an event on day 3, a censoring on day 7 and the competing event on day 9.</summary>
internal static class Competitors
{
    public static CompetingTable Of(string subjects)
    {
        var words = subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return CompetingTable.FromDays(
            [.. words.Select(word => int.Parse(word.TrimEnd('+', 'x'), CultureInfo.InvariantCulture))],
            [.. words.Select(Outcome)]);
    }

    private static CompetingOutcome Outcome(string word) => word[^1] switch
    {
        '+' => CompetingOutcome.Censored,
        'x' => CompetingOutcome.CompetingEvent,
        _ => CompetingOutcome.Event,
    };
}

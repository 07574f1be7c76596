using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Curves;

/// <summary>What the reports of all curves say, and how they write figures.</summary>
internal static class CurveText
{
    private const int PictureWidth = 72;
    private const int PictureHeight = 16;

    /// <summary>Writes how a curve was made, and of what.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="method">The method.</param>
    /// <param name="ruleSet">The rule set.</param>
    /// <param name="cutoffDate">The cut-off date; empty without one.</param>
    /// <param name="position">The data; null when it is not said.</param>
    /// <param name="exclusions">Who was left out.</param>
    public static void WriteOrigin(Terminal terminal, string method, string ruleSet, string cutoffDate, DataPosition? position, IEnumerable<Exclusion> exclusions)
    {
        terminal.Say($"Method: {method}");
        terminal.Say(Position(ruleSet, cutoffDate, position));
        foreach (var exclusion in exclusions)
        {
            terminal.Say(FormattableString.Invariant($"Left out: {exclusion.ParticipantCount:N0} {exclusion.Reason}"));
        }

        terminal.Say("");
    }

    /// <summary>Writes why there is no test between the groups; nothing where there is one, or none was asked for.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="test">The test.</param>
    /// <param name="reason">Why it is not estimable.</param>
    public static void WriteNoTest(Terminal terminal, string test, string reason)
    {
        if (reason.Length > 0)
        {
            terminal.Say("");
            terminal.Say($"{test}: not estimable: {reason}");
        }
    }

    /// <summary>Writes the picture, or why there is none.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="curves">The curve of all participants, then those of the groups.</param>
    /// <param name="start">The share at the start.</param>
    public static void WritePicture(Terminal terminal, IEnumerable<DrawnCurve> curves, double start)
    {
        terminal.Say("");
        var lines = CurvePicture.Draw(curves, start, PictureWidth, PictureHeight);
        foreach (var line in lines.Count == 0 ? ["Nothing to draw; not estimable: no participants."] : lines)
        {
            terminal.Say(line);
        }
    }

    /// <summary>The name of a group.</summary>
    public static string Group(string group) => group.Length == 0 ? "all" : group;

    /// <summary>A time, in months where it is some.</summary>
    public static string Time(double days) => days switch
    {
        30.4375 => "1 month",
        91.3125 => "3 months",
        182.625 => "6 months",
        365.25 => "12 months",
        _ => $"{Figure(days, "0.###")} d",
    };

    /// <summary>Both limits of a share; NE where they tell nothing, as of a share that is nobody's or everybody's; empty where it is not estimable itself.</summary>
    public static string Interval(double? share, double? lower, double? upper) => share is null
        ? ""
        : share is > 0 and < 1 && lower is { } from && upper is { } to ? $"{Figure(from * 100, "0.00")} to {Share(to)}" : "NE";

    /// <summary>One limit of a share as a number of six decimals; NE where it tells nothing.</summary>
    public static string Limit(double share, double? limit) => share is > 0 and < 1 && limit is { } value ? Exact(value) : "NE";

    /// <summary>A share, in percent.</summary>
    public static string Share(double share) => $"{Figure(share * 100, "0.00")} %";

    /// <summary>A share as a number of six decimals.</summary>
    public static string Exact(double share) => Figure(share, "0.000000");

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Position(string ruleSet, string cutoffDate, DataPosition? position)
    {
        var cutoff = cutoffDate.Length == 0 ? "" : $", cut off at {cutoffDate}";
        if (position is null)
        {
            return $"Rule set: {ruleSet}{cutoff}";
        }

        // As of an instant, nothing depends on when it was taken in.
        var freshness = position.FreshnessMilliseconds == 0 ? "" : FormattableString.Invariant($", the newest taken in {position.FreshnessMilliseconds:N0} ms after its save");
        return FormattableString.Invariant(
            $"As of {position.AsOfTime?.ToDateTime():u}{cutoff}; rule set {ruleSet}; from {position.VersionCount:N0} versions of records{freshness}");
    }
}

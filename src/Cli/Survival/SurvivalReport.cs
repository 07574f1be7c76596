using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Survival;

/// <summary>A survival curve for a person: what it was made from, tables, and a picture.</summary>
internal static class SurvivalReport
{
    private const int PictureWidth = 72;
    private const int PictureHeight = 16;

    /// <summary>Writes it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="curve">The answer.</param>
    /// <param name="withPoints">Whether to list every point.</param>
    public static void Write(Terminal terminal, SurvivalCurve curve, bool withPoints)
    {
        terminal.Say(curve.Endpoint switch
        {
            Endpoint.ProgressionFreeSurvival => "Progression-free survival",
            Endpoint.DurationOfResponse => "Duration of response",
            _ => "Overall survival",
        });
        terminal.Say($"Method: {curve.Method}");
        terminal.Say(Position(curve));
        foreach (var exclusion in curve.Exclusions)
        {
            terminal.Say(FormattableString.Invariant($"Left out: {exclusion.ParticipantCount:N0} {exclusion.Reason}"));
        }

        terminal.Say("");
        WriteCounts(terminal, curve);
        terminal.Say("");
        WriteRates(terminal, curve);
        terminal.Say("");
        WriteQuantiles(terminal, curve);
        if (curve.LogRank is { } test)
        {
            terminal.Say("");
            terminal.Say(FormattableString.Invariant(
                $"Log-rank: chi-square {test.ChiSquare:0.####}, degrees of freedom {test.DegreesOfFreedom}, p = {test.PValue:0.###e+0}; exploratory"));
            terminal.SayTable(
                ["Group", ">Participants", ">Events", ">Expected"],
                test.Groups.Select(group => (string[])[group.Group_, Count(group.ParticipantCount), Count(group.ObservedCount), Figure(group.Expected, "0.0")]));
        }

        terminal.Say("");
        foreach (var line in SurvivalPicture.Draw(curve.Strata, PictureWidth, PictureHeight))
        {
            terminal.Say(line);
        }

        if (withPoints)
        {
            terminal.Say("");
            WritePoints(terminal, curve);
        }
    }

    private static string Position(SurvivalCurve curve)
    {
        var cutoff = curve.DataCutoffDate.Length == 0 ? "" : $", cut off at {curve.DataCutoffDate}";
        return curve.Position is null
            ? $"Rule set: {curve.RuleSet}{cutoff}"
            : FormattableString.Invariant(
                $"As of {curve.Position.AsOfTime?.ToDateTime():u}{cutoff}; rule set {curve.RuleSet}; from {curve.Position.VersionCount:N0} versions of records, the newest taken in {curve.Position.FreshnessMilliseconds:N0} ms after its save");
    }

    private static void WriteCounts(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Participants", ">Events", ">Censored", ">Median follow-up"],
        curve.Strata.Select(stratum => (string[])
        [
            Group(stratum), Count(stratum.ParticipantCount), Count(stratum.EventCount), Count(stratum.CensoredCount),
            stratum.HasMedianFollowUpDays ? $"{Figure(stratum.MedianFollowUpDays, "0.##")} d" : "not reached",
        ]));

    private static void WriteQuantiles(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Event", ">By", ">Interval"],
        curve.Strata.SelectMany(stratum => stratum.Quantiles.Select(quantile => (string[])
        [
            Group(stratum), quantile.Probability == 0.5 ? "half (median)" : $"{Figure(quantile.Probability * 100, "0.##")} %",
            quantile.HasDays ? $"{Figure(quantile.Days, "0.##")} d" : "not reached",
            $"{Days(quantile.HasLowerDays, quantile.LowerDays)} to {Days(quantile.HasUpperDays, quantile.UpperDays)}",
        ])));

    private static void WriteRates(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Time", ">Free of it", ">Interval", ">SE", ">At risk", ">Events"],
        curve.Strata.SelectMany(stratum => stratum.Rates.Select(rate => (string[])
        [
            Group(stratum), Time(rate.Days),
            rate.HasSurvival ? Share(rate.Survival) : $"not estimable: {rate.NotEstimableReason}",
            rate.HasLower && rate.HasUpper ? $"{Figure(rate.Lower * 100, "0.00")} to {Share(rate.Upper)}" : "",
            rate.HasStandardError ? Share(rate.StandardError) : "",
            Count(rate.AtRiskCount), Count(rate.EventCount),
        ])));

    private static void WritePoints(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Days", ">At risk", ">Events", ">Censored", ">Free of it", ">Lower", ">Upper"],
        curve.Strata.SelectMany(stratum => stratum.Points.Select(point => (string[])
        [
            Group(stratum), Figure(point.Days, "0.####"), Count(point.AtRiskCount), Count(point.EventCount), Count(point.CensoredCount),
            Figure(point.Survival, "0.000000"), point.HasLower ? Figure(point.Lower, "0.000000") : "", point.HasUpper ? Figure(point.Upper, "0.000000") : "",
        ])));

    private static string Group(SurvivalStratum stratum) => stratum.Group.Length == 0 ? "all" : stratum.Group;

    private static string Time(double days) => days switch
    {
        182.625 => "6 months",
        365.25 => "12 months",
        _ => $"{Figure(days, "0.###")} d",
    };

    private static string Days(bool has, double days) => has ? Figure(days, "0.##") : "not reached";

    private static string Share(double share) => $"{Figure(share * 100, "0.00")} %";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

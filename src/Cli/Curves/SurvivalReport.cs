using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using static Equecel.Cli.Curves.CurveText;

namespace Equecel.Cli.Curves;

/// <summary>A survival curve for a person: what it was made from, tables, and a picture.</summary>
internal static class SurvivalReport
{
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
        WriteOrigin(terminal, curve.Method, curve.RuleSet, curve.DataCutoffDate, curve.Position, curve.Exclusions);
        WriteCounts(terminal, curve);
        terminal.Say("");
        WriteEnds(terminal, curve);
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

        WriteNoTest(terminal, "Log-rank", curve.LogRankNotEstimableReason);
        WritePicture(
            terminal, curve.Strata.Select(stratum => new DrawnCurve(stratum.Group, [.. stratum.Points.Select(point => (point.Days, point.Survival))])), start: 1);
        if (withPoints)
        {
            terminal.Say("");
            WritePoints(terminal, curve);
        }
    }

    private static void WriteCounts(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Participants", ">Events", ">Censored", ">Median follow-up", ">Interval", ">Range"],
        curve.Strata.Select(stratum => (string[])
        [
            Group(stratum.Group), Count(stratum.ParticipantCount), Count(stratum.EventCount), Count(stratum.CensoredCount),
            stratum.HasMedianFollowUpDays ? $"{Figure(stratum.MedianFollowUpDays, "0.##")} d" : stratum.MedianFollowUpNotEstimableReason,
            stratum.HasMedianFollowUpDays
                ? $"{Days(stratum.HasMedianFollowUpLowerDays, stratum.MedianFollowUpLowerDays)} to {Days(stratum.HasMedianFollowUpUpperDays, stratum.MedianFollowUpUpperDays)}"
                : "",
            stratum.HasShortestFollowUpDays ? $"{Figure(stratum.ShortestFollowUpDays, "0.##")} to {Figure(stratum.LongestFollowUpDays, "0.##")}" : "",
        ]));

    private static void WriteEnds(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", "Ended", "By", ">Participants", ">Share", ">Before 6 months"],
        curve.Strata.Where(stratum => stratum.ParticipantCount > 0).SelectMany(stratum => stratum.Ends
            .Append(new EndCount { Reason = "any reason", Censored = true, ParticipantCount = stratum.CensoredCount, BeforeSixMonthsCount = stratum.CensoredBeforeSixMonthsCount })
            .Select(end => (string[])
            [
                Group(stratum.Group), end.Censored ? "censored" : "event", end.Reason, Count(end.ParticipantCount),
                Share((double)end.ParticipantCount / stratum.ParticipantCount), Count(end.BeforeSixMonthsCount),
            ])));

    private static void WriteQuantiles(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Event", ">By", ">Interval"],
        curve.Strata.SelectMany(stratum => stratum.Quantiles.Select(quantile => (string[])
        [
            Group(stratum.Group), quantile.Probability == 0.5 ? "half (median)" : $"{Figure(quantile.Probability * 100, "0.##")} %",
            quantile.HasDays ? $"{Figure(quantile.Days, "0.##")} d" : quantile.NotEstimableReason,
            $"{Days(quantile.HasLowerDays, quantile.LowerDays)} to {Days(quantile.HasUpperDays, quantile.UpperDays)}",
        ])));

    private static void WriteRates(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Time", ">Free of it", ">Interval", ">SE", ">At risk", ">Events"],
        curve.Strata.SelectMany(stratum => stratum.Rates.Select(rate => (string[])
        [
            Group(stratum.Group), Time(rate.Days),
            rate.HasSurvival ? Share(rate.Survival) : $"not estimable: {rate.NotEstimableReason}",
            Interval(rate.HasSurvival ? rate.Survival : null, rate.HasLower ? rate.Lower : null, rate.HasUpper ? rate.Upper : null),
            rate.HasStandardError ? Share(rate.StandardError) : "",
            Count(rate.AtRiskCount), Count(rate.EventCount),
        ])));

    private static void WritePoints(Terminal terminal, SurvivalCurve curve) => terminal.SayTable(
        ["Group", ">Days", ">At risk", ">Events", ">Censored", ">Free of it", ">Lower", ">Upper"],
        curve.Strata.SelectMany(stratum => stratum.Points.Select(point => (string[])
        [
            Group(stratum.Group), Figure(point.Days, "0.####"), Count(point.AtRiskCount), Count(point.EventCount), Count(point.CensoredCount),
            Exact(point.Survival), Limit(point.Survival, point.HasLower ? point.Lower : null), Limit(point.Survival, point.HasUpper ? point.Upper : null),
        ])));

    private static string Days(bool has, double days) => has ? Figure(days, "0.##") : "NE";
}

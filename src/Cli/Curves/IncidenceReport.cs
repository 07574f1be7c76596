using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using static Equecel.Cli.Curves.CurveText;

namespace Equecel.Cli.Curves;

/// <summary>A cumulative incidence for a person: what it was made from, tables, and a picture.</summary>
internal static class IncidenceReport
{
    /// <summary>Writes it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="curve">The answer.</param>
    /// <param name="withPoints">Whether to list every point.</param>
    public static void Write(Terminal terminal, IncidenceCurve curve, bool withPoints)
    {
        terminal.Say(curve.Endpoint == IncidenceEndpoint.CompleteResponse ? "Cumulative incidence of complete response" : "Cumulative incidence of response");
        WriteOrigin(terminal, curve.Method, curve.RuleSet, curve.DataCutoffDate, curve.Position, curve.Exclusions);
        terminal.SayTable(
            ["Group", ">Participants", ">Events", ">Precluded", ">Censored"],
            curve.Strata.Select(stratum => (string[])
                [Group(stratum.Group), Count(stratum.ParticipantCount), Count(stratum.EventCount), Count(stratum.CompetingEventCount), Count(stratum.CensoredCount)]));
        terminal.Say("");
        terminal.SayTable(
            ["Group", ">Time", ">With it", ">Interval", ">At risk", ">Events", ">Precluded"],
            curve.Strata.SelectMany(stratum => stratum.Rates.Select(rate => (string[])
            [
                Group(stratum.Group), Time(rate.Days),
                rate.HasIncidence ? Share(rate.Incidence) : $"not estimable: {rate.NotEstimableReason}",
                Interval(rate.HasIncidence ? rate.Incidence : null, rate.HasLower ? rate.Lower : null, rate.HasUpper ? rate.Upper : null),
                Count(rate.AtRiskCount), Count(rate.EventCount), Count(rate.CompetingEventCount),
            ])));
        if (curve.Gray is { } test)
        {
            terminal.Say("");
            terminal.Say(FormattableString.Invariant(
                $"Gray's test: chi-square {test.ChiSquare:0.####}, degrees of freedom {test.DegreesOfFreedom}, p = {test.PValue:0.###e+0}; exploratory"));
        }

        WriteNoTest(terminal, "Gray's test", curve.GrayNotEstimableReason);
        WritePicture(
            terminal, curve.Strata.Select(stratum => new DrawnCurve(stratum.Group, [.. stratum.Points.Select(point => (point.Days, point.Incidence))])), start: 0);
        if (withPoints)
        {
            terminal.Say("");
            terminal.SayTable(
                ["Group", ">Days", ">At risk", ">Events", ">Precluded", ">Censored", ">With it", ">Lower", ">Upper"],
                curve.Strata.SelectMany(stratum => stratum.Points.Select(point => (string[])
                [
                    Group(stratum.Group), Figure(point.Days, "0.####"), Count(point.AtRiskCount), Count(point.EventCount), Count(point.CompetingEventCount),
                    Count(point.CensoredCount), Exact(point.Incidence),
                    Limit(point.Incidence, point.HasLower ? point.Lower : null), Limit(point.Incidence, point.HasUpper ? point.Upper : null),
                ])));
        }
    }
}

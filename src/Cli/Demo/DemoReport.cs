using System.Globalization;
using System.Text.Json.Nodes;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Cli.Curves;
using Equecel.Records.V1;

namespace Equecel.Cli.Demo;

/// <summary>What the demo did and found, for a person or a machine.</summary>
internal static class DemoReport
{
    private const int RefusalsShown = 10;

    /// <summary>Writes what became of the rows.</summary>
    public static void WriteSent(Terminal terminal, IReadOnlyList<SentRows> sent, bool everyRow)
    {
        if (sent.Count == 0)
        {
            return;
        }

        foreach (var (subject, form, verdict) in everyRow ? sent.SelectMany(work => work.Verdicts) : [])
        {
            terminal.Say($"{subject}  {form}  {verdict.Line()}");
        }

        terminal.SayTable(
            ["Sent", ">Rows", ">Saved", ">Already there", ">Refused", ">Rows/s"],
            sent.Select(work => (string[])
            [
                $"site {work.Site.Code} to {work.Service}", Count(work.Counts.Rows), Count(work.Counts.Saved), Count(work.Counts.AlreadyThere),
                Count(work.Counts.Refused), Count((long)(work.Counts.Rows / work.Seconds)),
            ]));
        terminal.Say(Sum(sent));
        foreach (var (subject, form, verdict) in sent.SelectMany(work => work.Verdicts).Where(row => row.Verdict.Outcome == ImportOutcome.Refused).Take(RefusalsShown))
        {
            terminal.Note($"{subject}  {form}  {verdict.Line()}");
        }

        terminal.Say("");
    }

    /// <summary>Writes the study's result and its comparison with R's: the headlines, and whatever differs.</summary>
    public static void WriteResult(Terminal terminal, SurvivalCurve curve, IReadOnlyList<ComparedFigure> figures)
    {
        SurvivalReport.Write(terminal, curve, withPoints: false);
        terminal.Say("");
        terminal.SayTable(
            ["Figure", ">The study", ">R", "Equal"],
            figures.Where(figure => figure.IsHeadline || !figure.IsEqual).Select(figure => (string[])[figure.Name, Figure(figure.Ours), Figure(figure.Expected), figure.IsEqual ? "yes" : "NO"]));
        var different = figures.Count(figure => !figure.IsEqual);
        terminal.Say(different == 0
            ? $"Equal to R: all {figures.Count} figures, these and the others; --json has every one."
            : $"Not equal to R: {different} of {figures.Count} figures differ. Look at the rows with NO, and at what was refused.");
    }

    /// <summary>Writes everything as one JSON object.</summary>
    public static void WriteJson(
        Terminal terminal, IReadOnlyList<SentRows> sent, SurvivalCurve curve, IReadOnlyList<ComparedFigure> figures, bool everyRow) =>
        terminal.SayJson(new
        {
            sent = sent.Select(work => new
            {
                site = work.Site.Code,
                service = work.Service,
                counts = work.Counts,
                seconds = work.Seconds,
                rows = everyRow ? work.Verdicts.Select(row => new { row.Subject, row.Form, verdict = JsonNode.Parse(Terminal.ToJson(row.Verdict)) }) : null,
            }),
            curve = JsonNode.Parse(Terminal.ToJson(curve)),
            figures = figures.Select(figure => new { figure.Name, figure.Ours, r = figure.Expected, figure.IsEqual }),
            equalToR = figures.All(figure => figure.IsEqual),
        });

    private static string Sum(IReadOnlyList<SentRows> sent)
    {
        var rows = sent.Sum(work => work.Counts.Rows);
        return sent.Sum(work => work.Counts.AlreadyThere) == rows
            ? $"Nothing changed: all {Count(rows)} rows were there already."
            : $"{Count(sent.Sum(work => work.Counts.Saved))} of {Count(rows)} rows saved, {Count(sent.Sum(work => work.Counts.AlreadyThere))} were there already, {Count(sent.Sum(work => work.Counts.Refused))} refused.";
    }

    private static string Figure(double? value) => value?.ToString("G10", CultureInfo.InvariantCulture) ?? "not estimable";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Nodes;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Cli.Curves;

namespace Equecel.Cli.Study;

/// <summary>What was sent of the synthetic study and what it shows, for a person or a machine.</summary>
internal static class StudyReport
{
    private const int RefusalsShown = 20;

    /// <summary>Writes what became of the rows.</summary>
    public static void WriteSent(Terminal terminal, IReadOnlyList<SentStudy> sent)
    {
        terminal.SayTable(
            ["Sent, synthetic", ">Rows", ">Saved", ">Already there", ">Refused", ">With questions", ">Corrections"],
            sent.Select(site => (string[])
            [
                $"site {site.Site.Code}", Count(site.Rows), Count(Sum([site], counts => counts.Saved)), Count(Sum([site], counts => counts.AlreadyThere)),
                Count(Sum([site], counts => counts.Refused)), Count(Sum([site], counts => counts.Queried)), Count(site.Amendments),
            ]));
        var rows = sent.Sum(site => site.Rows);
        terminal.Say(Sum(sent, counts => counts.AlreadyThere) == rows
            ? $"Nothing changed: all {Count(rows)} rows were there already."
            : $"{Count(Sum(sent, counts => counts.Saved))} of {Count(rows)} rows saved, {Count(Sum(sent, counts => counts.AlreadyThere))} were there already, {Count(Sum(sent, counts => counts.Refused))} refused.");
        foreach (var (row, verdict) in sent.SelectMany(site => site.Refused).Take(RefusalsShown))
        {
            terminal.Note($"{row.Header.Participant}  {row.Form}  {verdict.Line()}");
        }

        terminal.Say("");
    }

    /// <summary>Writes what the study shows.</summary>
    public static void WriteResult(Terminal terminal, StudyResult result)
    {
        // The quality of life by visit is too long to be read here.
        foreach (var table in result.Tables.Where(table => table.Topic != Topic.QualityOfLife))
        {
            terminal.Say($"{table.Title} (synthetic data)");
            terminal.SayTable(
                ["", ">Participants", ">Number", ">Estimate", ">Interval"],
                table.Rows.Where(row => row.Cells.Count > 0 || row.Measure == Table.Types.Measure.Unspecified).Select(Line));
            terminal.Say("");
        }

        foreach (var rate in result.Survival.Strata.Where(stratum => stratum.Group.Length == 0).SelectMany(stratum => stratum.Rates))
        {
            terminal.Say(rate.HasSurvival
                ? $"Progression-free survival at 6 months (synthetic data): {CurveText.Share(rate.Survival)}, {CurveText.Interval(rate.Survival, rate.HasLower ? rate.Lower : null, rate.HasUpper ? rate.Upper : null)}"
                : $"Progression-free survival at 6 months: not estimable, {rate.NotEstimableReason}");
        }

        terminal.Say("");
    }

    /// <summary>Writes everything as one JSON object.</summary>
    public static void WriteJson(Terminal terminal, IReadOnlyList<SentStudy> sent, StudyResult result) => terminal.SayJson(new
    {
        synthetic = true,
        sent = sent.Select(site => new
        {
            site = site.Site.Code,
            services = site.Counts,
            amendments = site.Amendments,
            refused = site.Refused.Select(refused => new { participant = refused.Row.Header.Participant, form = refused.Row.Form, verdict = JsonNode.Parse(Terminal.ToJson(refused.Verdict)) }),
        }),
        infused = result.Infused,
        tables = result.Tables.Select(table => JsonNode.Parse(Terminal.ToJson(table))),
        progressionFreeSurvival = JsonNode.Parse(Terminal.ToJson(result.Survival)),
    });

    private static string[] Line(Table.Types.Row row)
    {
        var cell = row.Cells.FirstOrDefault() ?? new();
        return
        [
            new string(' ', 2 * row.Level) + row.Label,
            cell.HasParticipantCount ? Count(cell.ParticipantCount) : "",
            cell.HasEventCount ? Count(cell.EventCount) : "",
            cell.HasEstimate ? $"{Figure(cell.Estimate)} {row.Unit}".TrimEnd() : cell.Summary is { HasMedian: true } ? $"median {Figure(cell.Summary.Median)} {row.Unit}".TrimEnd() : "",
            cell.HasLower && cell.HasUpper ? $"{Figure(cell.Lower)} to {Figure(cell.Upper)}" : "",
        ];
    }

    private static int Sum(IEnumerable<SentStudy> sent, Func<VerdictCounts, int> number) => sent.SelectMany(site => site.Counts.Values).Sum(number);

    private static string Figure(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

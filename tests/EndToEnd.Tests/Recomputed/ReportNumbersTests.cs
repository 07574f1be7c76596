using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests.Recomputed;

/// <summary>The numbers of the study report against those that a program in another language makes of the raw records, sharing no code with the product.</summary>
public sealed partial class ReportNumbersTests : IAsyncLifetime
{
    private static readonly string[] Services = ["enrolment", "assessment", "safety", "questionnaire"];

    private readonly string folder = Directory.CreateTempSubdirectory("equecel-numbers-").FullName;
    private Platform platform = null!;

    public async Task InitializeAsync() => platform = await Platform.StartAsync();

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        System.Diagnostics.Process.Start("cp", ["-r", folder, "/tmp/recomp"])!.WaitForExit();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_numbers_of_the_report_are_those_of_the_records()
    {
        var study = await CommandLine.RunAsync(platform, "study");
        Assert.True(study.ExitCode == 0, study.ToString());
        foreach (var service in Services)
        {
            var records = await CommandLine.RunAsync(platform, "watch", "--service", service, "--until-caught-up", "--json");
            Assert.True(records.ExitCode == 0, records.ToString());
            await File.WriteAllTextAsync(Path.Combine(folder, $"{service}.ndjson"), records.Output);
        }

        var page = Path.Combine(folder, "report.html");
        var report = await CommandLine.RunAsync(platform, "report", "-o", page);
        Assert.True(report.ExitCode == 0, report.ToString());
        var shown = Shown(await File.ReadAllTextAsync(page));

        var expected = JsonNode.Parse(await RecomputeAsync())!.AsArray();
        Assert.True(expected.Count >= 300, $"{expected.Count} numbers");
        var differing = expected
            .Select(one => (Place: ((string)one!["part"]!, (string)one["row"]!, (int)one["column"]!), Cell: (string)one["cell"]!))
            .Where(one => !shown[one.Place].Contains(one.Cell))
            .Select(one => $"{one.Place}: recomputed {one.Cell}, shown {string.Join(" or ", shown[one.Place])}");
        Assert.Empty(differing);
    }

    // The cells by part of the report, label of the row, which a table can have under several headings, and column.
    private static ILookup<(string Part, string Row, int Column), string> Shown(string html) => (
        from part in Regex.Split(html, "(?=<section class=\"part\")").Skip(1)
        let id = Part().Match(part).Groups[1].Value
        from Match row in Row().Matches(part)
        from cell in Cell().Matches(row.Groups[2].Value).Select((cell, column) => (Text: Text(cell.Groups[1].Value), Column: column))
        select (Key: (id, Text(row.Groups[1].Value), cell.Column), cell.Text)).ToLookup(cell => cell.Key, cell => cell.Text);

    private static string Text(string html) => WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]+>", "")).Replace('\u00a0', ' ');

    private async Task<string> RecomputeAsync()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Recomputed", "recompute.mjs"), folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);
        return output;
    }

    [GeneratedRegex("aria-labelledby=\"([^\"]+)\"")]
    private static partial Regex Part();

    [GeneratedRegex("<tr><th[^>]* scope=\"row\">(.*?)</th>(.*?)</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex Cell();
}

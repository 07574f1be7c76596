using System.Text.Json.Nodes;
using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests;

/// <summary>Two hospitals send a real cohort through the gateway, and the study's overall survival is R's.</summary>
[Collection(SharedStudy.Name)]
public sealed class MainJobTests(StudyPlatform study)
{
    private const int RowCount = 11_648;

    [Fact]
    public void The_archive_that_was_sent_gives_the_figures_of_R()
    {
        Assert.True(study.Demo.ExitCode == 0, study.Demo.ToString());
        Assert.True((bool)study.DemoResult["equalToR"]!);
        Assert.Equal(82, study.DemoResult["figures"]!.AsArray().Count);
        Assert.Equal(RowCount, study.DemoResult["sent"]!.AsArray().Sum(work => (int)work!["counts"]!["saved"]!));
    }

    [Fact]
    public async Task Sent_again_nothing_changes_and_every_row_says_so()
    {
        var run = await CommandLine.RunAsync(study.Platform, "demo", "--rows");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Nothing changed: all 11,648 rows were there already.", run.Output, StringComparison.Ordinal);
        Assert.Equal(RowCount, run.Output.Split('\n').Count(line => line.Contains("  ALREADY_THERE  ", StringComparison.Ordinal)));
        Assert.Contains("Equal to R: all 82 figures", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journals_are_proved_to_be_what_was_saved()
    {
        var run = await CommandLine.RunAsync(study.Platform, "verify-journal", "--json");

        Assert.True(run.ExitCode == 0, run.ToString());
        var result = JsonNode.Parse(run.Output)!;
        Assert.Equal(0, (int)result["faultCount"]!);
        Assert.True(result["services"]!.AsArray().Sum(service => (int)service!["versionCount"]!) >= RowCount);
    }

    [Fact]
    public async Task Survival_is_given_to_other_programs()
    {
        var run = await CommandLine.RunAsync(study.Platform, "survival", "--json", "--by", "site");

        Assert.True(run.ExitCode == 0, run.ToString());
        var curve = JsonNode.Parse(run.Output)!;
        Assert.Equal("3882", (string)curve["strata"]![0]!["participantCount"]!);
        Assert.NotNull(curve["logRank"]);
    }

    [Fact]
    public async Task A_watch_until_caught_up_tells_every_version_once_and_ends()
    {
        var run = await CommandLine.RunAsync(study.Platform, "watch", "--service", "safety", "--until-caught-up", "--json");

        Assert.True(run.ExitCode == 0, run.ToString());
        var records = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["record"]?["header"]?["recordId"])
            .OfType<JsonNode>().Select(id => (string)id!).ToList();
        Assert.True(records.Count >= 2769, $"{records.Count} changes");
        Assert.Equal(records.Count, records.Distinct().Count());
    }

    [Fact]
    public async Task A_wrong_secret_is_not_allowed()
    {
        var run = await CommandLine.RunAsync(
            study.Platform, new Dictionary<string, string> { ["EQUECEL_CLIENT_SECRET"] = "wrong" }, "survival");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_not_reachable()
    {
        var run = await CommandLine.RunAsync(study.Platform, "survival", "--gateway", "http://127.0.0.1:9");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("does not answer", run.Error, StringComparison.Ordinal);
    }
}

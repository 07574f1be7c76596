using System.Text.Json.Nodes;
using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests;

/// <summary>The operator's commands on a platform that holds a study, through the gateway.</summary>
[Collection(SharedStudy.Name)]
public sealed class OperatorTests(StudyPlatform study)
{
    private static readonly Dictionary<string, string> Operator = new() { ["EQUECEL_CLIENT"] = "operator" };

    [Fact]
    public async Task When_everything_has_travelled_the_status_is_well()
    {
        var run = await Eventually.GetAsync(() => RunAsync("status", "--json"), run => Behind(JsonNode.Parse(run.Output)!) == 0);

        Assert.True(run.ExitCode == 0, run.ToString());
        var status = JsonNode.Parse(run.Output)!;
        Assert.Empty(status["alarms"]!.AsArray());
        Assert.Equal(("0", "0"), ((string)status["analytics"]!["parkedCount"]!, (string)status["analytics"]!["deadCount"]!));
    }

    [Fact]
    public async Task Nothing_is_parked()
    {
        var run = await RunAsync("replay", "parked");

        Assert.Equal((0, "Nothing is parked.\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Journals_and_Analytics_hold_the_same()
    {
        var run = await RunAsync("reconcile");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Both sides hold the same.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rebuild_ends_with_the_same_curve()
    {
        var before = await CurveAsync();

        var run = await RunAsync("rebuild-analytics", "--json");

        Assert.True(run.ExitCode == 0, run.ToString());
        var end = JsonNode.Parse(run.Output)!;
        Assert.Equal(("STATE_DONE", "0", "0"), ((string)end["state"]!, (string)end["carriedCount"]!, (string)end["differentCount"]!));
        Assert.Equal(before, await CurveAsync());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("replay", "parked")]
    [InlineData("reconcile")]
    [InlineData("rebuild-analytics")]
    public async Task A_site_is_not_let_in(params string[] command)
    {
        var run = await CommandLine.RunAsync(study.Platform, new Dictionary<string, string> { ["EQUECEL_CLIENT"] = "site-01" }, command);

        Assert.Equal(4, run.ExitCode);
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandLine.RunAsync(study.Platform, Operator, args);

    private async Task<string> CurveAsync()
    {
        var run = await CommandLine.RunAsync(study.Platform, "survival", "--json", "--by", "site");
        return JsonNode.Parse(run.Output)!["strata"]!.ToJsonString();
    }

    private static long Behind(JsonNode status) =>
        status["journals"]!.AsObject().Sum(journal => long.Parse((string)journal.Value!["versionCount"]!, System.Globalization.CultureInfo.InvariantCulture))
        - long.Parse((string)status["analytics"]!["versionCount"]!, System.Globalization.CultureInfo.InvariantCulture);
}

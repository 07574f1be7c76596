using System.Text.Json;
using Equecel.Cli.Demo;
using Equecel.Client.Tests.Peer;
using Equecel.Records.V1;

namespace Equecel.Cli.Tests.Demo;

public sealed class DemoCommandTests : IAsyncLifetime
{
    private const int RowCount = 2 + (2 * 3882) + 1113 + 2769;

    private readonly string secrets = Path.GetTempFileName();
    private readonly ExpectedSurvival expected = Archive.Read(Archive.StandardFolder).Expected;
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.OnCurve = _ => ExpectedCurve.Of(expected);
        await File.WriteAllTextAsync(secrets, """{ "site-01-secret": "secret", "site-02-secret": "secret", "study-team-secret": "secret" }""");
    }

    public async Task DisposeAsync()
    {
        File.Delete(secrets);
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task The_archive_is_sent_and_the_study_is_equal_to_R()
    {
        var run = await DemoAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("11,648 of 11,648 rows saved", run.Output, StringComparison.Ordinal);
        Assert.Contains("Equal to R: all 82 figures", run.Output, StringComparison.Ordinal);
        Assert.Equal(RowCount, platform.Enrolment.Import.SavedCount + platform.Safety.Import.SavedCount);
    }

    [Fact]
    public async Task Sent_again_it_says_of_every_row_that_it_was_there()
    {
        await DemoAsync();

        var run = await DemoAsync("--rows");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing changed: all 11,648 rows were there already.", run.Output, StringComparison.Ordinal);
        Assert.Equal(RowCount, run.Lines.Count(line => line.Contains("  ALREADY_THERE  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_study_that_differs_is_not_so()
    {
        platform.Analytics.OnCurve = _ =>
        {
            var curve = ExpectedCurve.Of(expected);
            curve.Strata[0].EventCount--;
            return curve;
        };

        var run = await DemoAsync("--wait", "0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Not equal to R: 1 of 82 figures differ.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_study_is_asked_until_it_shows_what_was_sent()
    {
        var asked = 0;
        platform.Analytics.OnCurve = _ => ++asked < 3 ? new() : ExpectedCurve.Of(expected);

        var run = await DemoAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_row_that_is_refused_is_not_so_and_is_told()
    {
        platform.Safety.Import.Decide = message => message.Row.Header.Participant == "01-0001"
            ? new ImportVerdict { Outcome = ImportOutcome.Refused, ErrorReason = "PARTICIPANT_UNKNOWN", ErrorMessage = "Send the participation first." }
            : null;

        var run = await DemoAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("01-0001  Death  1  REFUSED  PARTICIPANT_UNKNOWN", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_comparing_sends_nothing()
    {
        var run = await DemoAsync("--once-check", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.True(JsonDocument.Parse(run.Output).RootElement.GetProperty("equalToR").GetBoolean());
        Assert.Equal(0, platform.Enrolment.Import.StreamCount);
    }

    [Fact]
    public async Task Json_is_one_object_also_with_every_row()
    {
        var run = await DemoAsync("--json", "--rows");

        var sent = JsonDocument.Parse(run.Output).RootElement.GetProperty("sent");
        Assert.Equal(4, sent.GetArrayLength());
        Assert.Equal(RowCount, sent.EnumerateArray().Sum(work => work.GetProperty("rows").GetArrayLength()));
        Assert.Equal(1712 - 50, sent[1].GetProperty("counts").GetProperty("saved").GetInt32());
    }

    [Fact]
    public async Task A_folder_without_an_archive_is_usage()
    {
        var run = await DemoAsync("--archive", "/nowhere");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("input.csv is missing", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_named()
    {
        await File.WriteAllTextAsync(secrets, """{ "study-team-secret": "secret" }""");

        var run = await DemoAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no secret for site-01.", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandLineRun> DemoAsync(params string[] options) =>
        CommandLineRun.RunAsync(platform, ["demo", "--secrets", secrets, .. options]);
}

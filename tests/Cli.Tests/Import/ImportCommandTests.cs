using System.Text.Json;
using Equecel.Client.Tests.Peer;

namespace Equecel.Cli.Tests.Import;

public sealed class ImportCommandTests : IAsyncLifetime
{
    private const string Good = """{"header":{"participant":"01-0001"},"followUp":{"status":"STATUS_ONGOING"}}""";
    private const string Other = """{"header":{"participant":"01-0002"},"followUp":{"status":"STATUS_ONGOING"}}""";

    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Every_line_gets_its_verdict_also_those_that_are_no_forms()
    {
        var run = await ImportAsync(string.Join('\n', "{not json", Good, "", """{"weight":3}""", Other, "[]"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["1  REFUSED", "2  SAVED", "4  REFUSED", "5  SAVED", "6  REFUSED"], run.Lines.Select(line => string.Join("  ", line.Split("  ")[..2])));
        Assert.Contains("5 rows: 2 saved, 0 already there, 3 refused", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_sent_again_changes_nothing()
    {
        await ImportAsync($"{Good}\n{Other}");

        var run = await ImportAsync($"{Other}\n{Good}\n");

        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Lines, line => Assert.Contains("ALREADY_THERE", line, StringComparison.Ordinal));
        Assert.Equal(2, platform.Enrolment.Import.SavedCount);
    }

    [Fact]
    public async Task A_dry_run_saves_nothing()
    {
        var run = await ImportAsync(Good, "--dry-run");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("WOULD_SAVE", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, platform.Enrolment.Import.SavedCount);
    }

    [Fact]
    public async Task Json_is_a_verdict_a_line_and_a_summary()
    {
        var run = await ImportAsync($"{Good}\nnonsense", "--json");

        var lines = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("IMPORT_OUTCOME_SAVED", lines[0].GetProperty("outcome").GetString());
        Assert.Equal("2", lines[1].GetProperty("row").GetString());
        Assert.Equal("INVALID_FIELDS", lines[1].GetProperty("errorReason").GetString());
        Assert.Equal(1, lines[2].GetProperty("summary").GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task Verdicts_can_go_to_a_file()
    {
        var file = Path.GetTempFileName();

        var run = await ImportAsync(Good, "--verdicts", file);

        Assert.Empty(run.Output);
        Assert.Contains("SAVED", Assert.Single(await File.ReadAllLinesAsync(file)), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Assessments_go_to_Assessment()
    {
        var run = await ImportAsync(
            """{"header":{"participant":"01-0001"},"diseaseAssessment":{"visit":"VISIT_WEEK_4","serumMProteinGPerL":3}}""", "--service", "assessment");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, platform.Assessment.Import.SavedCount);
    }

    [Fact]
    public async Task Deaths_go_to_Safety()
    {
        var run = await ImportAsync("""{"header":{"participant":"01-0001"},"death":{"deathDate":"2026-01-01"}}""", "--service", "safety");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, platform.Safety.Import.SavedCount);
    }

    [Fact]
    public async Task Questionnaires_go_to_Questionnaire()
    {
        var run = await ImportAsync("""{"header":{"participant":"01-0001"},"eq5d5l":{"visit":"VISIT_WEEK_4","answers":[{"item":1,"score":2}]}}""", "--service", "questionnaire");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, platform.Questionnaire.Import.SavedCount);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_and_the_others_go_on()
    {
        var large = Good.Replace("01-0001", new string('1', 5_000_000), StringComparison.Ordinal);

        var run = await ImportAsync($"{large}\n{Good}");

        Assert.Contains("1  REFUSED  TOO_LARGE", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains("2  SAVED", run.Lines[1], StringComparison.Ordinal);
    }

    private Task<CommandLineRun> ImportAsync(string lines, params string[] options) =>
        CommandLineRun.RunAsync(platform, lines, ["import", "-", .. options]);
}

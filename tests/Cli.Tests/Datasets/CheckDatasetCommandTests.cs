using System.Text.Json;

namespace Equecel.Cli.Tests.Datasets;

public sealed class CheckDatasetCommandTests : IDisposable
{
    private const string Good =
        """{"datasetJSONCreationDateTime":"2026-01-01T00:00:00Z","datasetJSONVersion":"1.1.0","itemGroupOID":"IG.XX","records":2,"name":"XX","label":"Any","columns":[{"itemOID":"IT.XX.A","name":"A","label":"Number","dataType":"integer","keySequence":1}],"rows":[[1],[2]]}""";

    private readonly string folder = Directory.CreateTempSubdirectory("equecel-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_good_file_is_told_to_be_good_without_a_platform()
    {
        var run = await CheckAsync(Good);

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("xx.json: XX, Dataset-JSON, 2 rows: good.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("xx.json: 2 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_told_with_where_it_is_and_what_to_do_and_the_exit_code_says_so()
    {
        var run = await CheckAsync(Good.Replace("[2]", "[2.5]", StringComparison.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("xx.json: row 2, A: is 2.5. Give a whole number.", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("not as the standards ask.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_told_in_json()
    {
        var run = await CheckAsync(Good.Replace("[2]", "[1]", StringComparison.Ordinal), "--json");

        var report = JsonDocument.Parse(run.Lines[^1]).RootElement;
        Assert.Equal(1, run.ExitCode);
        Assert.False(report.GetProperty("isGood").GetBoolean());
        Assert.Equal("row 2", report.GetProperty("faults")[0].GetProperty("where").GetString());
    }

    [Fact]
    public async Task Files_are_checked_together_as_well()
    {
        var other = Path.Combine(folder, "yy.json");
        await File.WriteAllTextAsync(other, Good.Replace("XX", "YY", StringComparison.Ordinal));

        var run = await CheckAsync(Good, other);

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("together: XX, YY, 0 subjects: good.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_fault_of_the_command_line()
    {
        var run = await CommandLineRun.RunAsync([], "", "check-dataset", Path.Combine(folder, "none.json"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no file", run.Error, StringComparison.Ordinal);
    }

    private async Task<CommandLineRun> CheckAsync(string content, params string[] options)
    {
        var path = Path.Combine(folder, "xx.json");
        await File.WriteAllTextAsync(path, content);
        return await CommandLineRun.RunAsync([], "", ["check-dataset", path, .. options]);
    }
}

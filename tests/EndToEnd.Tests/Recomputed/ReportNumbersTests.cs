using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests.Recomputed;

/// <summary>The numbers of the study report against those that a program in another language makes of the raw records, sharing no code with the product.</summary>
public sealed class ReportNumbersTests : IAsyncLifetime
{
    private static readonly string[] Services = ["enrolment", "assessment", "safety", "questionnaire"];

    private readonly string folder = Directory.CreateTempSubdirectory("equecel-numbers-").FullName;
    private Platform platform = null!;

    public async Task InitializeAsync() => platform = await Platform.StartAsync();

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_number_of_the_report_is_that_of_the_records()
    {
        await RunAsync("study");

        // What is asked and derived later changes neither the report nor what is recomputed of it.
        var instant = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
        var page = Path.Combine(folder, "report.html");
        await RunAsync("report", "--as-of", instant, "-o", page);
        foreach (var service in Services)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{service}.ndjson"), await RunAsync("watch", "--service", service, "--until-caught-up", "--json"));
        }

        var shown = ReportText.Read(await File.ReadAllTextAsync(page));
        var recomputed = await RecomputeAsync(instant);

        Assert.True(recomputed.Parts.Sum(part => part.Value.Length) >= 600, "The parts of the report have 600 lines of numbers and more.");
        var differing = string.Join('\n', ReportComparison.Differing(shown, recomputed));
        Assert.True(differing.Length == 0, differing);
    }

    private async Task<string> RunAsync(params string[] args)
    {
        var run = await CommandLine.RunAsync(platform, args);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }

    private async Task<Recomputation> RecomputeAsync(string instant)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Recomputed", "recompute.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [program, folder, instant]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<Recomputation>(output, JsonSerializerOptions.Web)!;
    }
}

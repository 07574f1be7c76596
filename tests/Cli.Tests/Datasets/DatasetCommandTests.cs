using System.Text.Json;
using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Equecel.Cli.Tests.Datasets;

public sealed class DatasetCommandTests : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"equecel-{Guid.NewGuid():N}");
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Every_dataset_becomes_a_file_and_is_told_with_its_rows_and_method()
    {
        ExportDatasetsRequest? asked = null;
        platform.Analytics.OnExport = request =>
        {
            asked = request;
            return [Start(Dataset.Dm, "dm.ndjson", 2), Piece("first ", 1), Piece("second", 2), Start(Dataset.Ae, "ae.ndjson", 1, "1 of 1 rows: not coded"), Piece("event", 1)];
        };

        var run = await CommandLineRun.RunAsync(
            platform, "dataset", "all", "-o", folder, "--format", "ndjson", "--site", "01", "02", "--origin", "prospective", "--as-of", "2026-01-01T00:00:00Z", "--cutoff", "2025-12-31");

        Assert.Equal((0, ""), (run.ExitCode, run.Error.Contains("equecel:", StringComparison.Ordinal) ? run.Error : ""));
        Assert.Equal(
            new ExportDatasetsRequest
            {
                Format = DatasetFormat.Ndjson,
                Population = new() { Sites = { "01", "02" }, Origin = DataOrigin.Prospective },
                AsOfTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                DataCutoffDate = "2025-12-31",
            },
            asked);
        Assert.Equal(["ae.ndjson", "dm.ndjson"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("first second", await File.ReadAllTextAsync(Path.Combine(folder, "dm.ndjson")));
        Assert.Contains("DM: how it was made", run.Output, StringComparison.Ordinal);
        Assert.Contains("! AE: 1 of 1 rows: not coded", run.Output, StringComparison.Ordinal);
        Assert.Contains("DM: 2 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_dataset_is_asked_for_by_its_name_and_told_as_json()
    {
        ExportDatasetsRequest? asked = null;
        platform.Analytics.OnExport = request =>
        {
            asked = request;
            return [Start(Dataset.Adtte, "adtte.dsjc", 0), Piece("x", 0)];
        };

        var run = await CommandLineRun.RunAsync(platform, "dataset", "ADTTE", "--output", folder, "--format", "dsjc", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(DatasetFormat.Dsjc, asked!.Format);
        Assert.Equal([Dataset.Adtte], asked.Datasets);
        Assert.Equal("ADTTE", JsonDocument.Parse(run.Lines[^1]).RootElement.GetProperty("datasets")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Several_datasets_are_asked_for_in_the_order_of_their_names_each_once()
    {
        ExportDatasetsRequest? asked = null;
        platform.Analytics.OnExport = request =>
        {
            asked = request;
            return [Start(Dataset.Adsl, "adsl.json", 1), Piece("x", 1), Start(Dataset.Ae, "ae.json", 1), Piece("y", 1)];
        };

        var run = await CommandLineRun.RunAsync(platform, "dataset", "adsl", "AE", "adsl", "-o", folder);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal([Dataset.Adsl, Dataset.Ae], asked!.Datasets);
        Assert.Equal(["adsl.json", "ae.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task All_of_them_and_one_of_them_is_a_fault_of_the_command_line() =>
        Assert.Contains("or all alone", (await CommandLineRun.RunAsync(platform, "dataset", "all", "dm", "-o", folder)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_no_half_file()
    {
        platform.Analytics.OnExport = _ => Broken();

        var run = await CommandLineRun.RunAsync(platform, "dataset", "all", "-o", folder);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(["dm.json"], Directory.GetFiles(folder).Select(Path.GetFileName));

        static IEnumerable<ExportDatasetsResponse> Broken()
        {
            yield return Start(Dataset.Dm, "dm.json", 1);
            yield return Piece("whole", 1);
            yield return Start(Dataset.Ex, "ex.json", 1);
            yield return Piece("half", 0);
            throw new RpcException(new Status(StatusCode.Unavailable, "The database of Analytics does not answer."));
        }
    }

    [Fact]
    public async Task A_name_of_a_file_is_never_a_path_out_of_the_folder()
    {
        platform.Analytics.OnExport = _ => [Start(Dataset.Dm, "../../dm.json", 0), Piece("x", 0)];

        await CommandLineRun.RunAsync(platform, "dataset", "dm", "-o", folder);

        Assert.Equal(["dm.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_dataset_that_there_is_not_is_a_fault_of_the_command_line() =>
        Assert.Equal(2, (await CommandLineRun.RunAsync(platform, "dataset", "adlb", "-o", folder)).ExitCode);

    private static ExportDatasetsResponse Start(Dataset dataset, string file, long rows, params string[] notes) => new()
    {
        Start = new()
        {
            Dataset = dataset,
            Name = $"{dataset}".ToUpperInvariant(),
            Label = "Made by hand",
            FileName = file,
            RowCount = rows,
            Method = "how it was made",
            RuleSet = "RWS-1",
            Notes = { notes },
            Position = new() { AsOfTime = new Timestamp(), VersionCount = 3 },
        },
    };

    private static ExportDatasetsResponse Piece(string content, long rows) => new() { Piece = new() { Content = ByteString.CopyFromUtf8(content), RowCount = rows } };
}

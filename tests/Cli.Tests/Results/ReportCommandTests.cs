using System.Text;
using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;
using Google.Protobuf;

namespace Equecel.Cli.Tests.Results;

public sealed class ReportCommandTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("equecel-report-command-").FullName;
    private TestPlatform platform = null!;
    private GetReportRequest? asked;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.OnReport = request =>
        {
            asked = request;
            var page = Encoding.UTF8.GetBytes("<!DOCTYPE html><html lang=\"zh-CN\"><title>报告</title><body><p>报告</p></body></html>");

            // Cut within a character.
            return
            [
                new ReportPart { Content = ByteString.CopyFrom(page[..45]), Position = new() { AsOfTime = new() { Seconds = 1_767_225_600 }, VersionCount = 1234 } },
                new ReportPart { Content = ByteString.CopyFrom(page[45..]) },
            ];
        };
    }

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_pieces_become_one_file()
    {
        var run = await CommandLineRun.RunAsync(platform, "report", "-o", Path.Combine(folder, "report.html"));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("as known at 2026-01-01T00:00:00.0000000Z, from 1,234 versions of records.", run.Output, StringComparison.Ordinal);
        Assert.Contains("<p>报告</p>", await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        await CommandLineRun.RunAsync(platform, [
            "report", "-o", Path.Combine(folder, "report.html"), "--language", "zh", "--site", "01", "--site", "02", "--origin", "prospective",
            "--as-of", "2026-03-01T08:00:00+08:00", "--cutoff", "2026-02-01",
        ]);

        Assert.Equal(
            new GetReportRequest
            {
                Language = ReportLanguage.Chinese,
                Population = new() { Sites = { "01", "02" }, Origin = DataOrigin.Prospective },
                AsOfTime = new() { Seconds = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() },
                DataCutoffDate = "2026-02-01",
            },
            asked);
    }

    [Fact]
    public async Task A_name_that_ends_in_pdf_gives_a_pdf()
    {
        var file = Path.Combine(folder, "report.pdf");
        var run = await RunAsync(Environment.GetEnvironmentVariable("PATH")!, "report", "-o", file);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("%PDF", Encoding.ASCII.GetString((await File.ReadAllBytesAsync(file))[..4]));
    }

    [Fact]
    public async Task Without_Chromium_there_is_no_pdf_and_the_package_is_named()
    {
        var run = await RunAsync(folder, "report", "-o", Path.Combine(folder, "report.pdf"));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "equecel: A PDF is printed by Chromium, which is not on the path: install the Debian package chromium, or ask for a file that ends in .html.\n", run.Error);
        Assert.Null(asked);
        Assert.False(File.Exists(Path.Combine(folder, "report.pdf")));
    }

    private Task<CommandLineRun> RunAsync(string path, params string[] args) => CommandLineRun.RunAsync(
        new Dictionary<string, string>
        {
            ["EQUECEL_GATEWAY"] = platform.GatewayAddress.ToString(),
            ["EQUECEL_TOKEN_ADDRESS"] = platform.TokenAddress.ToString(),
            ["EQUECEL_CLIENT"] = "study-team",
            ["EQUECEL_CLIENT_SECRET"] = "secret",
            ["PATH"] = path,
        },
        "", args);
}

using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Grpc.Core;

namespace Equecel.Cli.Results;

/// <summary><c>equecel report</c>: the study report as an HTML or a PDF file.</summary>
internal sealed class ReportCommand : PlatformCommand
{
    private readonly Option<FileInfo> output = new("--output", "-o") { Description = "The file to write: HTML, or PDF when its name ends in .pdf, for which Chromium is needed.", HelpName = "file", Required = true };
    private readonly Option<string> language = new("--language") { Description = "Language of the report.", DefaultValueFactory = _ => "en" };
    private readonly ScopeOptions scope = new();

    /// <summary>Makes the command.</summary>
    public ReportCommand(Surroundings surroundings)
        : base("report", "Writes the study report: every result as a figure or a table, with its method, in one file that needs nothing beside it.", surroundings, new CallerOptions(surroundings))
    {
        language.AcceptOnlyFromAmong("en", "zh");
        Add(output);
        Add(language);
        scope.AddTo(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("The report of now, for a browser", "equecel report -o report.html --client study-team --secrets .data/secrets.json"),
        ("In Chinese, on paper, as the platform knew it on New Year's Day", "equecel report -o report.pdf --language zh --as-of 2026-01-01T00:00:00Z --client study-team --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override string WhenStopped => "Stopped. No file was written.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(output)!;

        // Before the platform is asked for anything.
        var printer = file.Extension.Equals(".pdf", StringComparison.OrdinalIgnoreCase) ? PagePrinter.Find(terminal.Surroundings) : null;
        using var client = Caller.CreateClient(parsed);
        var folder = Directory.CreateTempSubdirectory("equecel-report-");
        try
        {
            var page = Path.Combine(folder.FullName, "report.html");
            var position = await ReadAsync(client.Analytics, Request(parsed), page, cancellationToken);
            var made = printer is null ? page : await printer.PrintAsync(page, folder.FullName, cancellationToken);
            File.Move(made, file.FullName, overwrite: true);
            if (terminal.Json)
            {
                terminal.SayJson(new { file = file.FullName, bytes = new FileInfo(file.FullName).Length, asOfTime = position.AsOfTime?.ToDateTimeOffset(), position.VersionCount });
            }
            else
            {
                terminal.Say(FormattableString.Invariant($"{file.FullName}: as known at {position.AsOfTime?.ToDateTime():O}, from {position.VersionCount:N0} versions of records."));
            }

            return ExitCode.Good;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DataPosition> ReadAsync(AnalyticsService.AnalyticsServiceClient analytics, GetReportRequest request, string path, CancellationToken cancellationToken)
    {
        var position = new DataPosition();
        await using var page = File.Create(path);
        using var call = analytics.GetReport(request, cancellationToken: cancellationToken);
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            position = part.Position ?? position;
            await page.WriteAsync(part.Content.Memory, cancellationToken);
        }

        return position;
    }

    private GetReportRequest Request(ParseResult parsed) => new()
    {
        Language = parsed.GetValue(language) == "zh" ? ReportLanguage.Chinese : ReportLanguage.English,
        Population = scope.Population(parsed),
        AsOfTime = scope.AsOf(parsed).Time,
        Snapshot = scope.AsOf(parsed).Snapshot,
        DataCutoffDate = scope.Cutoff(parsed),
    };
}

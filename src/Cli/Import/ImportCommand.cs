using System.CommandLine;
using System.Diagnostics;
using Equecel.Cli.Common;
using Equecel.Cli.Tables;

namespace Equecel.Cli.Import;

/// <summary><c>equecel import</c>: sends tables or lines of forms and gives a verdict for each row.</summary>
internal sealed class ImportCommand : PlatformCommand
{
    private readonly Argument<string> file = new("path")
    {
        Description = "Folder of CSV tables as 'equecel template' makes them, one such table, or a file with one SubmitRecordRequest in JSON a line "
            + "(- for standard input). Empty lines are passed over. A row without a request id is known by its key or its content, so the same can be sent again.",
        HelpName = "DIR|FILE",
    };

    private readonly Option<string> service = new("--service")
    {
        Description = $"Service that takes the forms of a JSON file; {CaptureService.All[0].Name} when not said. Of a folder, only its tables for this service are sent; all when not said.",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Check the forms only: same verdicts, nothing is saved." };

    private readonly Option<FileInfo> verdicts = new("--verdicts")
    {
        Description = "Write the verdicts on a JSON file to this file instead of standard output. Those on tables are always beside them, in FORM.verdicts.csv.",
        HelpName = "file",
    };

    /// <summary>Makes the command.</summary>
    public ImportCommand(Surroundings surroundings)
        : base(
            "import",
            "Sends forms from tables or JSON lines as a stream and gives a verdict for each row. What was saved before answers ALREADY_THERE, so run it again to go on "
            + "where it was stopped, or when refused rows are corrected.",
            surroundings, new CallerOptions(surroundings))
    {
        service.AcceptOnlyFromAmong([.. CaptureService.All.Select(service => service.Name)]);
        Add(file);
        Add(service);
        Add(dryRun);
        Add(verdicts);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Check tables without saving any of it; what is wrong stands in FORM.verdicts.csv beside each", "equecel import tables --dry-run --client site-01 --secret-file secret.txt"),
        ("Send them", "equecel import tables --client site-01 --secret-file secret.txt"),
        ("Send ten years of history in JSON, and keep the verdicts", "equecel import history.jsonl --verdicts verdicts.txt --client site-01 --secret-file secret.txt"),
        ("A line of such a file", """{"header":{"participant":"01-0001","origin":"DATA_ORIGIN_PROSPECTIVE"},"followUp":{"status":"STATUS_ONGOING","statusDate":"2026-03-01","lastKnownAliveDate":"2026-03-01"}}"""),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken) =>
        TableFolder.Is(parsed.GetValue(file)!) ? SendTablesAsync(parsed, terminal, cancellationToken) : SendLinesAsync(parsed, terminal, cancellationToken);

    private async Task<int> SendTablesAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(verdicts) is not null)
        {
            throw new CliException("Verdicts on tables stand beside them, in FORM.verdicts.csv. Leave --verdicts out.");
        }

        var folder = await TableFolder.OpenAsync(parsed.GetValue(file)!, parsed.GetValue(service));
        using var client = Caller.CreateClient(parsed);
        var import = new TableImport(client, folder, parsed.GetValue(dryRun));
        var works = folder.Files.Select(table => (table.Table.Name, (long?)table.RowCount)).ToList();
        var places = folder.Files.Index().ToDictionary(table => table.Item, table => table.Index);
        await ProgressBars.RunAsync(terminal, works, bars => import.RunAsync((table, count) => bars[places[table]](count), cancellationToken));
        return TableReport.Say(terminal, import.Counts);
    }

    private async Task<int> SendLinesAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var path = parsed.GetValue(file)!;
        var taker = CaptureService.All.First(taker => taker.Name == (parsed.GetValue(service) ?? taker.Name));
        await using var input = path == "-" ? terminal.Surroundings.Input : File.OpenRead(path);
        var target = parsed.GetValue(verdicts) is { } to ? new StreamWriter(to.FullName) : null;
        await using var closing = target;

        var counts = new VerdictCounts();
        var write = Writer(target ?? terminal.Surroundings.Output, terminal.Json);
        var clock = Stopwatch.StartNew();
        async Task SendAsync(Action<long> progress)
        {
            await foreach (var verdict in ImportLines.SendAsync(client, taker, input, parsed.GetValue(dryRun), cancellationToken))
            {
                counts.Add(verdict);
                write(verdict);
                progress(counts.Rows);
            }
        }

        if (target is null && terminal.Surroundings.RichOutput)
        {
            // The verdicts scroll by where the bar would stand.
            await SendAsync(_ => { });
        }
        else
        {
            await ProgressBars.RunAsync(terminal, [($"import to {taker.Name}", null)], bars => SendAsync(bars[0]));
        }

        Summarise(terminal, counts, clock.Elapsed);
        return counts.Refused == 0 ? ExitCode.Good : ExitCode.NotSo;
    }

    private static Action<Records.V1.ImportVerdict> Writer(TextWriter target, bool json) =>
        json ? verdict => target.WriteLine(Terminal.ToJson(verdict)) : verdict => target.WriteLine(verdict.Line());

    private static void Summarise(Terminal terminal, VerdictCounts counts, TimeSpan elapsed)
    {
        if (terminal.Json)
        {
            terminal.SayJson(new { summary = counts, seconds = elapsed.TotalSeconds });
        }
        else
        {
            terminal.Note(FormattableString.Invariant($"{counts}; {elapsed.TotalSeconds:0.0} s, {counts.Rows / elapsed.TotalSeconds:N0} rows/s"));
        }
    }
}

using System.CommandLine;
using System.Diagnostics;
using Equecel.Cli.Common;

namespace Equecel.Cli.Import;

/// <summary><c>equecel import</c>: sends a file of forms and writes a verdict for each line.</summary>
internal sealed class ImportCommand : PlatformCommand
{
    private readonly Argument<string> file = new("file")
    {
        Description = "File with one SubmitRecordRequest in JSON a line, or - for standard input. Empty lines are passed over. "
            + "A line without a requestId is known by its content, so the same file can be sent again.",
        HelpName = "FILE",
    };

    private readonly Option<string> service = new("--service")
    {
        Description = "Service that takes the forms.",
        DefaultValueFactory = _ => ImportLines.Services[0],
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Check the forms only: same verdicts, nothing is saved." };

    private readonly Option<FileInfo> verdicts = new("--verdicts")
    {
        Description = "Write the verdicts to this file instead of standard output.",
        HelpName = "file",
    };

    /// <summary>Makes the command.</summary>
    public ImportCommand(Surroundings surroundings)
        : base("import", "Sends forms from a file as a stream and writes a verdict for each line. Sent again, what is there answers ALREADY_THERE.", surroundings, new CallerOptions(surroundings))
    {
        service.AcceptOnlyFromAmong([.. ImportLines.Services]);
        Add(file);
        Add(service);
        Add(dryRun);
        Add(verdicts);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Check ten years of history without saving any of it", "equecel import history.jsonl --dry-run --client site-01 --secret-file secret.txt"),
        ("Send it, and keep the verdicts", "equecel import history.jsonl --verdicts verdicts.txt --client site-01 --secret-file secret.txt"),
        ("A line of such a file", """{"header":{"participant":"01-0001","origin":"DATA_ORIGIN_PROSPECTIVE"},"followUp":{"status":"STATUS_ONGOING","statusDate":"2026-03-01","lastKnownAliveDate":"2026-03-01"}}"""),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var path = parsed.GetValue(file)!;
        await using var input = path == "-" ? terminal.Surroundings.Input : File.OpenRead(path);
        var target = parsed.GetValue(verdicts) is { } to ? new StreamWriter(to.FullName) : null;
        await using var closing = target;

        var counts = new VerdictCounts();
        var write = Writer(target ?? terminal.Surroundings.Output, terminal.Json);
        var clock = Stopwatch.StartNew();
        async Task SendAsync(Action<long> progress)
        {
            var all = ImportLines.SendAsync(client, parsed.GetValue(service)!, input, parsed.GetValue(dryRun), cancellationToken);
            await foreach (var verdict in all)
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
            await ProgressBars.RunAsync(terminal, [($"import to {parsed.GetValue(service)}", null)], bars => SendAsync(bars[0]));
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

using System.CommandLine;
using System.Globalization;
using Equecel.Cli.Common;
using Equecel.DatasetJson;
using Equecel.DatasetJson.Checks;

namespace Equecel.Cli.Datasets;

/// <summary><c>equecel check-dataset</c>: whether Dataset-JSON files, ours or anybody's, are what the standards ask.</summary>
internal sealed class CheckDatasetCommand : PlatformCommand
{
    private readonly Argument<FileInfo[]> files = new("file")
    {
        Description = "Dataset-JSON 1.1 files: .json, .ndjson or .dsjc. What a file holds tells how it is read; its name must agree.",
        Arity = ArgumentArity.OneOrMore,
        HelpName = "file",
    };

    /// <summary>Makes the command.</summary>
    public CheckDatasetCommand(Surroundings surroundings)
        : base(
            "check-dataset",
            "Checks Dataset-JSON files far beyond the official schema: types, lengths, dates, keys, variables that SDTM and ADaM require, and values that must agree, within each file and among those of one export. Needs no platform.",
            surroundings) => Add(files);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("One file", "equecel check-dataset datasets/adsl.json"),
        ("All of a folder, for another program", "equecel check-dataset datasets/adsl.ndjson datasets/adtte.ndjson --json"),
    ];

    /// <inheritdoc/>
    protected override string WhenStopped => "Stopped. Nothing was changed.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var named = parsed.GetValue(files)!;
        if (named.FirstOrDefault(file => !file.Exists) is { } missing)
        {
            throw new CliException($"There is no file {missing}.");
        }

        var reports = new DatasetReport[named.Length];
        var export = new ExportCheck();
        await ProgressBars.RunAsync(terminal, [.. named.Select(file => (file.Name, (long?)null))], async bars =>
        {
            foreach (var (i, file) in named.Index())
            {
                reports[i] = await Task.Run(() => DatasetCheck.Run(file.Name, file.OpenRead, rows => Tell(bars[i], rows), export), cancellationToken);
            }
        });
        foreach (var (file, report) in named.Zip(reports))
        {
            if (terminal.Json)
            {
                terminal.SayJson(new { file = $"{file}", report.Dataset, carrier = $"{report.Carrier}", report.RowCount, report.IsGood, report.Faults, report.FurtherCount });
            }
            else
            {
                Say(terminal, file, report);
            }
        }

        var together = export.Finish();
        if (together.Datasets.Count > 1)
        {
            Say(terminal, together);
        }

        return reports.All(report => report.IsGood) && together.IsGood ? ExitCode.Good : ExitCode.NotSo;

        void Tell(Action<long> bar, long rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bar(rows);
        }
    }

    private static void Say(Terminal terminal, FileInfo file, DatasetReport report)
    {
        foreach (var fault in report.Faults)
        {
            terminal.Say($"{file}: {(fault.IsNote ? "note, " : "")}{fault}");
        }

        if (report.FurtherCount > 0)
        {
            terminal.Say($"{file}: {Count(report.FurtherCount)} more of these.");
        }

        var carrier = report.Carrier switch
        {
            DatasetCarrier.Json => "Dataset-JSON",
            DatasetCarrier.Ndjson => "Dataset-JSON in lines",
            DatasetCarrier.Compressed => "Dataset-JSON, compressed",
            _ => "not readable",
        };
        terminal.Say($"{file}: {(report.Dataset.Length == 0 ? "no name" : report.Dataset)}, {carrier}, {Count(report.RowCount)} rows: {(report.IsGood ? "good" : "not as the standards ask")}.");
    }

    private static void Say(Terminal terminal, ExportReport report)
    {
        if (terminal.Json)
        {
            terminal.SayJson(new { report.Datasets, report.SubjectCount, report.IsGood, report.Faults, report.FurtherCount });
            return;
        }

        foreach (var fault in report.Faults)
        {
            terminal.Say($"together: {(fault.IsNote ? "note, " : "")}{fault}");
        }

        if (report.FurtherCount > 0)
        {
            terminal.Say($"together: {Count(report.FurtherCount)} more of these.");
        }

        terminal.Say($"together: {string.Join(", ", report.Datasets)}, {Count(report.SubjectCount)} subjects: {(report.IsGood ? "good" : "they do not agree")}.");
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

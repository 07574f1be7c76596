using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Enum = System.Enum;

namespace Equecel.Cli.Datasets;

/// <summary><c>equecel dataset</c>: the study's datasets as files for statisticians.</summary>
internal sealed class DatasetCommand : PlatformCommand
{
    private const string All = "all";

    private static readonly IReadOnlyDictionary<string, Dataset> Names =
        Enum.GetValues<Dataset>().Skip(1).ToDictionary(dataset => $"{dataset}".ToLowerInvariant());

    private readonly Argument<Dataset[]> names = new("dataset")
    {
        Description = $"The datasets by their CDISC names ({string.Join(", ", Names.Keys)}), in the order in which they are wanted, or all of them; of one moment of the data.",
        HelpName = "name|all",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parse,
    };

    private readonly Option<DirectoryInfo> output = new("--output", "-o")
    {
        Description = "Folder for the files, one for each dataset, such as adsl.json. What is there of the same name is replaced.",
        HelpName = "dir",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    private readonly Option<string> format = new("--format") { Description = "How the datasets lie in their files: Dataset-JSON 1.1, its lines, or these compressed.", DefaultValueFactory = _ => "json" };
    private readonly ScopeOptions scope = new();

    /// <summary>Makes the command.</summary>
    public DatasetCommand(Surroundings surroundings)
        : base("dataset", "Writes the study's datasets (SDTM and ADaM) as CDISC Dataset-JSON files; the same question about the same data gives the same bytes.", surroundings, new CallerOptions(surroundings))
    {
        format.AcceptOnlyFromAmong("json", "ndjson", "dsjc");
        Add(names);
        Add(output);
        Add(format);
        scope.AddTo(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Everything, of one moment", "equecel dataset all -o datasets --client study-team --secrets .data/secrets.json"),
        ("Participants and adverse events, for a program that reads lines", "equecel dataset adsl adae -o datasets --format ndjson --client study-team --secrets .data/secrets.json"),
        ("The times to events as the platform knew them on New Year's Day, compressed", "equecel dataset adtte -o datasets --format dsjc --as-of 2026-01-01T00:00:00Z --client study-team --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override string WhenStopped => "Stopped. The datasets that were written whole are there; run the command again for the others.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = Request(parsed);
        var folder = parsed.GetValue(output)!;
        folder.Create();
        var wanted = request.Datasets.Count > 0 ? [.. request.Datasets] : Names.Values.ToList();
        var files = new DatasetFiles(folder);
        await ProgressBars.RunAsync(terminal, [.. wanted.Select(dataset => ($"{dataset}".ToUpperInvariant(), (long?)null))], async bars =>
        {
            using var call = client.Analytics.ExportDatasets(request, cancellationToken: cancellationToken);
            await files.WriteAsync(call.ResponseStream, (dataset, rows) => bars[wanted.IndexOf(dataset)](rows), cancellationToken);
        });
        if (terminal.Json)
        {
            terminal.SayJson(new { datasets = files.Written.Select(written => new { written.Start.Name, written.Path, written.Start.RowCount, written.Start.ParticipantCount, written.Start.Method, notes = written.Start.Notes.ToList() }) });
        }
        else
        {
            Say(terminal, files.Written);
        }

        return ExitCode.Good;
    }

    private static void Say(Terminal terminal, IReadOnlyList<(ExportDatasetsResponse.Types.Start Start, string Path)> written)
    {
        var position = written[0].Start.Position;
        terminal.Say(FormattableString.Invariant($"As of {position.AsOfTime.ToDateTime():u}; from {position.VersionCount:N0} versions of records; rule set {written[0].Start.RuleSet}"));
        terminal.SayTable(
            ["Dataset", ">Rows", ">Participants", "File", "What it is"],
            written.Select(one => (string[])[one.Start.Name, Count(one.Start.RowCount), Count(one.Start.ParticipantCount), one.Path, one.Start.Label]));
        foreach (var (start, _) in written)
        {
            terminal.Say($"{start.Name}: {start.Method}");
        }

        foreach (var (start, _) in written)
        {
            foreach (var note in start.Notes)
            {
                terminal.Say($"! {start.Name}: {note}");
            }
        }
    }

    // ADSL or adsl. Nobody is named where all are wanted.
    private static Dataset[]? Parse(ArgumentResult result)
    {
        var texts = result.Tokens.Select(token => token.Value.ToLowerInvariant()).Distinct().ToList();
        if (texts is [All])
        {
            return [];
        }

        if (texts.Find(text => !Names.ContainsKey(text)) is { } unknown)
        {
            result.AddError($"'{unknown}' is no dataset. Take some of: {string.Join(", ", Names.Keys)}, or {All} alone.");
            return null;
        }

        return [.. texts.Select(text => Names[text])];
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private ExportDatasetsRequest Request(ParseResult parsed) => new()
    {
        Datasets = { parsed.GetValue(names) ?? [] },
        Format = parsed.GetValue(format) switch
        {
            "ndjson" => DatasetFormat.Ndjson,
            "dsjc" => DatasetFormat.Dsjc,
            _ => DatasetFormat.Json,
        },
        Population = scope.Population(parsed),
        AsOfTime = scope.AsOf(parsed).Time,
        Snapshot = scope.AsOf(parsed).Snapshot,
        DataCutoffDate = scope.Cutoff(parsed),
    };
}

using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Results;

/// <summary><c>equecel table</c>: a table of the study's results, or who is behind one of its cells.</summary>
internal sealed class TableCommand : PlatformCommand
{
    private static readonly IReadOnlyDictionary<string, Topic> Topics = EnumNames.Of<Topic>();
    private static readonly IReadOnlyDictionary<string, Grouping> Groupings = EnumNames.Of<Grouping>();

    private readonly Argument<string> topic = new("topic") { Description = "What the table is about.", HelpName = "topic" };
    private readonly Option<string> by = new("--by") { Description = "Give a column for each group as well." };
    private readonly TableSwitches switches = new();
    private readonly ScopeOptions scope = new();
    private readonly Option<string> who = new("--who") { Description = "Instead of the table, list the participants behind this row, and the records that each comes from.", HelpName = "row" };
    private readonly Option<string> column = new("--column") { Description = "With --who: the column. Everybody when not given.", HelpName = "group", DefaultValueFactory = _ => "" };
    private readonly Option<bool> denominator = new("--denominator") { Description = "With --who: list those of whom the counted ones are a part instead." };
    private readonly Option<bool> chinese = new("--zh") { Description = "Headings in Chinese." };

    /// <summary>Makes the command.</summary>
    public TableCommand(Surroundings surroundings)
        : base("table", "Shows a table of the study's results: counts, shares, rates and distributions with their intervals and method.", surroundings, new CallerOptions(surroundings))
    {
        topic.AcceptOnlyFromAmong([.. Topics.Keys]);
        by.AcceptOnlyFromAmong([.. Groupings.Keys]);
        Add(topic);
        foreach (var option in (System.CommandLine.Option[])[by, who, column, denominator, chinese])
        {
            Add(option);
        }

        switches.AddTo(this);
        scope.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetResult(who) is null && (result.GetResult(denominator) is not null || result.GetResult(column)?.Tokens.Count > 0))
            {
                result.AddError("--column and --denominator go with --who: name the row.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("The primary endpoint, prospective and retrospective apart", "equecel table best-response --by provenance --client study-team --secrets .data/secrets.json"),
        ("Who responded, and from which records that is known", "equecel table best-response --who orr --client study-team --secrets .data/secrets.json"),
        ("Of whom they are a part", "equecel table best-response --who orr --denominator --client study-team --secrets .data/secrets.json"),
        ("Sensitivity: who can be evaluated, two weeks later, with Wilson's interval", "equecel table best-response --evaluable-only --tolerance 14 --interval wilson --client study-team --secrets .data/secrets.json"),
        ("Adverse events of the first four weeks by system organ class, with rates per 100 person-months", "equecel table adverse-events-by-class --window 28 --rates --client study-team --secrets .data/secrets.json"),
        ("Forms that are missing, open queries and the lag of entries, site by site", "equecel table data-quality --by site --client study-team --secrets .data/secrets.json"),
        ("Adverse events as the platform knew them on New Year's Day", "equecel table adverse-events --as-of 2026-01-01T00:00:00Z --client study-team --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = Request(parsed);
        if (parsed.GetValue(who) is { } row)
        {
            var list = new ListContributorsRequest
            {
                Cell = new TableCell
                {
                    Table = request,
                    Row = row,
                    Column = parsed.GetValue(column),
                    Part = parsed.GetValue(denominator) ? TableCell.Types.Part.Denominator : TableCell.Types.Part.Unspecified,
                },
                PageSize = ContributorReport.PageSize,
            };
            await ContributorReport.WriteAsync(terminal, async token =>
            {
                list.PageToken = token;
                return await client.Analytics.ListContributorsAsync(list, deadline: LongAnswer.Deadline, cancellationToken: cancellationToken);
            });
            return ExitCode.Good;
        }

        var table = await client.Analytics.GetTableAsync(request, deadline: LongAnswer.Deadline, cancellationToken: cancellationToken);
        terminal.SayAnswer(table, () => TableReport.Write(terminal, table, parsed.GetValue(chinese)));
        return ExitCode.Good;
    }

    private GetTableRequest Request(ParseResult parsed)
    {
        var request = new GetTableRequest
        {
            Topic = Topics[parsed.GetValue(topic)!],
            Grouping = parsed.GetValue(by) is { } group ? Groupings[group] : Grouping.Unspecified,
            Population = scope.Population(parsed),
            AsOfTime = scope.AsOf(parsed).Time,
            Snapshot = scope.AsOf(parsed).Snapshot,
            DataCutoffDate = scope.Cutoff(parsed),
        };
        switches.Set(request, parsed);
        return request;
    }
}

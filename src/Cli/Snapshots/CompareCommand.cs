using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Grpc.Core;

namespace Equecel.Cli.Snapshots;

/// <summary><c>equecel compare</c>: whose facts differ between two moments, and which records changed them.</summary>
internal sealed class CompareCommand : PlatformCommand
{
    private readonly Argument<Moment> from = new("from") { Description = "The earlier moment: an instant such as 2026-03-01T00:00:00Z, or the label of a snapshot.", CustomParser = Moment.Parse };
    private readonly Argument<Moment> to = new("to")
    {
        Description = "The later moment; now when not given.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => Moment.Now,
        CustomParser = Moment.Parse,
    };

    private readonly Option<string[]> site = new("--site") { Description = "Only these sites, such as 01. All when not given.", HelpName = "code", AllowMultipleArgumentsPerToken = true };
    private readonly Option<DateOnly?> cutoff = new("--cutoff") { Description = "Use nothing that happened after this date, yyyy-MM-dd.", HelpName = "date" };

    /// <summary>Makes the command.</summary>
    public CompareCommand(Surroundings surroundings)
        : base("compare", "Shows whose facts differ between two moments of the data: population, responses, events and censoring, strata, what each adds to the tables; and the records that changed them.", surroundings, new CallerOptions(surroundings))
    {
        Add(from);
        Add(to);
        Add(site);
        Add(cutoff);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("What has changed since the interim analysis", "equecel compare interim-1 --client study-team --secrets .data/secrets.json"),
        ("Between two snapshots, at one site", "equecel compare interim-1 interim-2 --site 01 --client study-team --secrets .data/secrets.json"),
        ("During a month, for another program", "equecel compare 2026-03-01T00:00:00Z 2026-04-01T00:00:00Z --json --client study-team"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = new CompareSnapshotsRequest
        {
            From = ToV1(parsed.GetValue(from)!),
            To = parsed.GetValue(to) is { } later && later != Moment.Now ? ToV1(later) : null,
            Sites = { parsed.GetValue(site) ?? [] },
            DataCutoffDate = parsed.GetValue(cutoff)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        };
        using var call = client.Analytics.CompareSnapshots(request, cancellationToken: cancellationToken);
        await foreach (var step in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (terminal.Json)
            {
                terminal.SayJson(step);
            }
            else
            {
                ComparisonReport.Write(terminal, step);
            }
        }

        return ExitCode.Good;
    }

    private static DataMoment ToV1(Moment moment) => moment.Time is { } time ? new DataMoment { AsOfTime = time } : new DataMoment { Snapshot = moment.Snapshot };
}

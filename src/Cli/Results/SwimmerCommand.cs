using System.CommandLine;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Grpc.Core;

namespace Equecel.Cli.Results;

/// <summary><c>equecel swimmer</c>: the course of every infused participant, one line each.</summary>
internal sealed class SwimmerCommand : PlatformCommand
{
    private readonly Option<bool> sources = new("--sources") { Description = "Below each line, name the records that it comes from." };
    private readonly ScopeOptions scope = new();

    /// <summary>Makes the command.</summary>
    public SwimmerCommand(Surroundings surroundings)
        : base("swimmer", "Shows the course of every infused participant: responses, progression, new therapy, death, last known alive. With --json a line for each.", surroundings, new CallerOptions(surroundings))
    {
        Add(sources);
        scope.AddTo(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("All participants of two sites", "equecel swimmer --site 11 12 --client study-team --secrets .data/secrets.json"),
        ("With the records that each course comes from", "equecel swimmer --sources --client study-team --secrets .data/secrets.json"),
        ("For a program that draws it", "equecel swimmer --cutoff 2026-06-30 --json --client study-team"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = new ListSwimmerLanesRequest
        {
            Population = scope.Population(parsed),
            AsOfTime = scope.AsOf(parsed).Time,
            Snapshot = scope.AsOf(parsed).Snapshot,
            DataCutoffDate = scope.Cutoff(parsed),
            WithSources = parsed.GetValue(sources),
        };
        using var call = client.Analytics.ListSwimmerLanes(request, cancellationToken: cancellationToken);
        if (!terminal.Json)
        {
            terminal.Say(SwimmerReport.Heading);
        }

        await foreach (var item in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (terminal.Json)
            {
                terminal.SayJson(item);
            }
            else if (item.Lane is { } lane)
            {
                terminal.Say(SwimmerReport.Line(lane));
                foreach (var source in lane.Sources)
                {
                    terminal.Say(ContributorReport.Line(source));
                }
            }
            else
            {
                SwimmerReport.Write(terminal, item.Summary);
            }
        }

        return ExitCode.Good;
    }
}

using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Cli.Import;
using Grpc.Core;
using Kind = Equecel.Analytics.V1.ReconcileFinding.Types.Kind;

namespace Equecel.Cli.Operate;

/// <summary><c>equecel reconcile</c>: has Analytics compare what it holds with the journals now, and fetch what it lacks.</summary>
internal sealed class ReconcileCommand : PlatformCommand
{
    private readonly Option<string[]> service = new("--service")
    {
        Description = "Services to compare with. All when not given.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Makes the command.</summary>
    public ReconcileCommand(Surroundings surroundings)
        : base("reconcile", "Compares what Analytics holds with the journals, fetches what is missing, and names what a person must decide.", surroundings, new CallerOptions(surroundings))
    {
        service.AcceptOnlyFromAmong([.. ImportLines.Services]);
        Add(service);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Compare with every service now", "equecel reconcile --client operator --secrets .data/secrets.json"),
        ("With one of them, a JSON message for each step", "equecel reconcile --service safety --json --client operator"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        using var call = client.Analytics.Reconcile(new() { Services = { parsed.GetValue(service) ?? [] } }, cancellationToken: cancellationToken);
        var ends = new List<ReconcileProgress>();
        await foreach (var step in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (step.StepCase is ReconcileProgress.StepOneofCase.Summary or ReconcileProgress.StepOneofCase.Failure)
            {
                ends.Add(step);
            }

            Say(terminal, step);
        }

        if (!terminal.Json)
        {
            SayEnd(terminal, ends);
        }

        return ends.All(IsSame) ? ExitCode.Good : ExitCode.NotSo;
    }

    private static void Say(Terminal terminal, ReconcileProgress step)
    {
        if (terminal.Json)
        {
            terminal.SayJson(step);
        }
        else if (step.Finding is { } finding)
        {
            terminal.Say($"{step.Service} {finding.RecordId} v{finding.Version}: {Explain(finding.Kind)}");
        }
    }

    private static void SayEnd(Terminal terminal, List<ReconcileProgress> ends)
    {
        terminal.SayTable(
            ["Service", ">Compared", ">Fetched", ">Missing", ">Extra", ">Different"],
            ends.Select(end => end.Summary is { } summary
                ? (string[])
                [
                    end.Service, Count(summary.ComparedCount), Count(summary.FetchedCount), Count(summary.MissingCount), Count(summary.ExtraCount), Count(summary.DifferentCount),
                ]
                : [end.Service, end.Failure, "", "", "", ""]));
        terminal.Say(ends.All(IsSame)
            ? "Both sides hold the same."
            : "The sides do not hold the same. Nothing was deleted. What is missing may be parked (equecel replay parked) or too much to fetch at once (repeat this, or "
                + "equecel rebuild-analytics); what is extra or different is for a person to judge, with equecel verify-journal and a backup.");
    }

    private static bool IsSame(ReconcileProgress end) => end.Summary is { MissingCount: 0, ExtraCount: 0, DifferentCount: 0 };

    private static string Explain(Kind kind) => kind switch
    {
        Kind.Fetched => "was missing, and was fetched",
        Kind.Unusable => "is missing, and could not be used when it was fetched: see equecel replay parked",
        Kind.Extra => "is unknown to its service, and kept",
        Kind.Different => "has another hash in its service, and is kept as it is",
        _ => $"{kind}",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;

namespace Equecel.Cli.Snapshots;

/// <summary><c>equecel snapshot</c>: gives an instant of the data a label, and shows the labels that there are.</summary>
internal sealed class SnapshotCommand : PlatformCommand
{
    private readonly Argument<string> action = new("action") { Description = "create a snapshot, list all, or show one.", HelpName = "create|list|show" };
    private readonly Argument<string?> label = new("label") { Description = "The snapshot's label: a letter, then letters, digits, '.', '-' and '_'. Not for list.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<Moment> asOf = Moment.AsOf();
    private readonly Option<string> comment = new("--comment") { Description = "With create: what the snapshot is for.", HelpName = "text", DefaultValueFactory = _ => "" };

    /// <summary>Makes the command.</summary>
    public SnapshotCommand(Surroundings surroundings)
        : base("snapshot", "Labels an instant of the data, now unless --as-of names one, so that every result can be had as of it for ever; or shows the labels.", surroundings, new CallerOptions(surroundings))
    {
        action.AcceptOnlyFromAmong("create", "list", "show");
        Add(action);
        Add(label);
        Add(asOf);
        Add(comment);
        Validators.Add(result =>
        {
            var isList = result.GetValue(action) == "list";
            if (isList != (result.GetValue(label) is null))
            {
                result.AddError(isList ? "list takes no label." : "Name the label.");
            }

            if (result.GetResult(asOf)?.Tokens is [var instant] && Moment.Find(instant.Value) is { Snapshot.Length: > 0 })
            {
                result.AddError("Give --as-of an instant: a snapshot of a snapshot would be the same by another name.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Label what the platform knows now", "equecel snapshot create interim-1 --comment \"First interim analysis\" --client study-team --secrets .data/secrets.json"),
        ("Label what it knew at the end of June", "equecel snapshot create dmc-2026h1 --as-of 2026-07-01T00:00:00+08:00 --client study-team"),
        ("Which there are", "equecel snapshot list --client study-team --secrets .data/secrets.json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        switch (parsed.GetValue(action))
        {
            case "create":
                var request = new CreateSnapshotRequest
                {
                    RequestId = $"{Guid.NewGuid()}",
                    Label = parsed.GetValue(label),
                    AsOfTime = parsed.GetValue(asOf)!.Time,
                    Comment = parsed.GetValue(comment),
                };
                Say(terminal, [await client.Analytics.CreateSnapshotAsync(request, cancellationToken: cancellationToken)]);
                break;
            case "show":
                Say(terminal, [await client.Analytics.GetSnapshotAsync(new() { Label = parsed.GetValue(label) }, cancellationToken: cancellationToken)]);
                break;
            default:
                await ListAsync(client.Analytics, terminal, cancellationToken);
                break;
        }

        return ExitCode.Good;
    }

    private static async Task ListAsync(AnalyticsService.AnalyticsServiceClient analytics, Terminal terminal, CancellationToken cancellationToken)
    {
        var (request, snapshots) = (new ListSnapshotsRequest { PageSize = 500 }, new List<Snapshot>());
        do
        {
            var page = await analytics.ListSnapshotsAsync(request, cancellationToken: cancellationToken);
            snapshots.AddRange(page.Snapshots);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        if (snapshots.Count == 0 && !terminal.Json)
        {
            terminal.Say("There are no snapshots. Make one with: equecel snapshot create LABEL");
        }
        else
        {
            Say(terminal, snapshots);
        }
    }

    private static void Say(Terminal terminal, IReadOnlyList<Snapshot> snapshots)
    {
        if (terminal.Json)
        {
            foreach (var snapshot in snapshots)
            {
                terminal.SayJson(snapshot);
            }

            return;
        }

        terminal.SayTable(
            ["Label", "As of", ">Versions", "Created", "By", "Comment"],
            snapshots.Select(snapshot => (string[])
            [
                snapshot.Label, $"{snapshot.AsOfTime.ToDateTime():u}", snapshot.VersionCount.ToString("N0", CultureInfo.InvariantCulture),
                $"{snapshot.CreateTime.ToDateTime():u}", snapshot.Actor, snapshot.Comment,
            ]));
    }
}

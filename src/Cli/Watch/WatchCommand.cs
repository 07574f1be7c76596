using System.CommandLine;
using Equecel.Cli.Common;
using Equecel.Cli.Import;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Cli.Watch;

/// <summary><c>equecel watch</c>: follows what a service saves, a line for each change.</summary>
internal sealed class WatchCommand : PlatformCommand
{
    private readonly Option<string> service = new("--service")
    {
        Description = "Service to follow.",
        DefaultValueFactory = _ => ImportLines.Services[0],
    };

    private readonly Option<string> from = new("--from")
    {
        Description = "Token of the last change that was dealt with; changes after it follow. From the beginning when not given.",
        HelpName = "token",
    };

    private readonly Option<string[]> kinds = new("--kinds")
    {
        Description = "Kinds of records to follow, as the service names them, such as infusion. All when not given.",
        HelpName = "kind",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> untilCaughtUp = new("--until-caught-up") { Description = "End when there is nothing more, instead of waiting." };

    /// <summary>Makes the command.</summary>
    public WatchCommand(Surroundings surroundings)
        : base("watch", "Follows what a service saves, each change once and in order; goes on by itself after a cut.", surroundings, new CallerOptions(surroundings))
    {
        service.AcceptOnlyFromAmong([.. ImportLines.Services]);
        Add(service);
        Add(from);
        Add(kinds);
        Add(untilCaughtUp);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Everything that Safety has saved, then stop", "equecel watch --service safety --until-caught-up --client study-team --secrets .data/secrets.json"),
        ("New infusions, and changes of them, as they come", "equecel watch --kinds infusion --client study-team --secrets .data/secrets.json"),
        ("Follow from where the last run ended", "equecel watch --from TOKEN --json --client site-01 --secret-file secret.txt"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var token = parsed.GetValue(from) ?? "";
        try
        {
            var calls = JournalCalls.Of(client, parsed.GetValue(service)!);
            var request = new WatchRecordsRequest { ResumeToken = token, UntilCaughtUp = parsed.GetValue(untilCaughtUp), Kinds = { parsed.GetValue(kinds) ?? [] } };
            await foreach (var (change, header, next) in calls.Watch(request, cancellationToken))
            {
                token = next;
                Say(terminal, change, header, token);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how a watch ends.
        }

        terminal.Note(token.Length == 0 ? "Nothing was saved yet." : $"Go on with --from {token}");
        return ExitCode.Good;
    }

    private static void Say(Terminal terminal, IMessage change, RecordHeader? header, string token)
    {
        if (terminal.Json)
        {
            terminal.SayJson(change);
        }
        else if (header is not null)
        {
            terminal.Say(
                $"{header.SaveTime?.ToDateTime():yyyy-MM-dd HH:mm:ss.fff}Z  {header.Kind}  {(header.Participant.Length > 0 ? header.Participant : $"site {header.Site}")}  "
                + $"{header.RecordId} v{header.Version}  {State(header)}  by {header.Actor}  {token}");
        }
    }

    private static string State(RecordHeader header) => header.State == RecordState.Retracted ? "RETRACTED" : header.Version == 1 ? "NEW" : "AMENDED";
}

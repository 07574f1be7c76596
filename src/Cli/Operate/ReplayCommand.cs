using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Client;
using Grpc.Core;

namespace Equecel.Cli.Operate;

/// <summary><c>equecel replay parked</c>: shows the messages that Analytics could not use, and has it take them in once more.</summary>
internal sealed class ReplayCommand : PlatformCommand
{
    private readonly Argument<string> what = new("what") { Description = "What is replayed: parked, the messages that Analytics could not use." };
    private readonly Option<long[]> id = new("--id") { Description = "Replay the messages with these numbers.", HelpName = "number", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> reason = new("--reason") { Description = "Replay the messages that were parked for this reason.", HelpName = "text" };
    private readonly Option<bool> all = new("--all") { Description = "Replay all that are parked." };
    private readonly Option<bool> withReplayed = new("--with-replayed") { Description = "Show those that were replayed before, too." };

    /// <summary>Makes the command.</summary>
    public ReplayCommand(Surroundings surroundings)
        : base("replay", "Takes parked messages in once more; without --id, --reason or --all it shows them. Safe to repeat.", surroundings, new CallerOptions(surroundings))
    {
        what.AcceptOnlyFromAmong("parked");
        Add(what);
        Add(id);
        Add(reason);
        Add(all);
        Add(withReplayed);
        Validators.Add(result =>
        {
            var ways = new Option[] { id, reason, all }.Count(option => result.GetResult(option) is not null);
            if (ways > 1)
            {
                result.AddError("Name the messages in one way: --id, --reason or --all.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("What is parked, and why", "equecel replay parked --client operator --secrets .data/secrets.json"),
        ("Two of them, once their cause is gone", "equecel replay parked --id 3 4 --client operator"),
        ("Everything", "equecel replay parked --all --client operator"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var request = new ReplayParkedMessagesRequest
        {
            ParkedIds = { parsed.GetValue(id) ?? [] },
            Reason = parsed.GetValue(reason) ?? "",
            All = parsed.GetValue(all),
        };
        return request.ParkedIds.Count > 0 || request.Reason.Length > 0 || request.All
            ? await ReplayAsync(client, request, terminal, cancellationToken)
            : await ListAsync(client, parsed.GetValue(withReplayed), terminal, cancellationToken);
    }

    private static async Task<int> ListAsync(EquecelClient client, bool withReplayed, Terminal terminal, CancellationToken cancellationToken)
    {
        var messages = new List<ParkedMessage>();
        var request = new ListParkedMessagesRequest { PageSize = 500, IncludeReplayed = withReplayed };
        do
        {
            var page = await client.Analytics.ListParkedMessagesAsync(request, cancellationToken: cancellationToken);
            messages.AddRange(page.Messages);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        if (terminal.Json)
        {
            messages.ForEach(terminal.SayJson);
            return ExitCode.Good;
        }

        if (messages.Count > 0)
        {
            terminal.SayTable(
                [">Number", "Message", "From", "Parked first", ">Times", ">Bytes", "Reason"],
                messages.Select(message => (string[])
                [
                    Count(message.ParkedId), message.MessageId, message.RoutingKey.Length > 0 ? message.RoutingKey : message.Source,
                    $"{message.FirstTime.ToDateTime():u}", Count(message.AttemptCount), Count(message.BodySizeBytes),
                    message.ReplayTime is { } replayed ? $"replayed {replayed.ToDateTime():u}; was: {message.Reason}" : message.Reason,
                ]));
        }

        terminal.Say(messages.Count == 0 ? "Nothing is parked." : "When the cause is gone, replay them with --id, --reason or --all.");
        return ExitCode.Good;
    }

    private static async Task<int> ReplayAsync(EquecelClient client, ReplayParkedMessagesRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        var (taken, stay) = (0, 0);
        using var call = client.Analytics.ReplayParkedMessages(request, cancellationToken: cancellationToken);
        await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            taken += message.Taken ? 1 : 0;
            stay += message.Taken ? 0 : 1;
            if (terminal.Json)
            {
                terminal.SayJson(message);
            }
            else if (!message.Taken)
            {
                terminal.Say($"{message.ParkedId}  {message.MessageId}  stays parked: {message.Reason}");
            }
        }

        if (!terminal.Json)
        {
            terminal.Say($"{Count(taken)} taken in, {Count(stay)} parked still.");
        }

        return stay == 0 ? ExitCode.Good : ExitCode.NotSo;
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

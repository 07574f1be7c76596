using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Client;
using Grpc.Core;
using State = Equecel.Analytics.V1.RebuildProgress.Types.State;

namespace Equecel.Cli.Operate;

/// <summary><c>equecel rebuild-analytics</c>: has Analytics build everything that it holds anew, while it goes on answering.</summary>
internal sealed class RebuildCommand : PlatformCommand
{
    private const int MaxCuts = 20;

    private static readonly TimeSpan AfterCut = TimeSpan.FromSeconds(1);

    private readonly Option<bool> follow = new("--follow") { Description = "Follow the rebuild that runs, or show the last one, and begin none." };

    /// <summary>Makes the command.</summary>
    public RebuildCommand(Surroundings surroundings)
        : base(
            "rebuild-analytics", "Builds what Analytics holds anew from the journals, beside what serves until the new takes its place.", surroundings,
            new CallerOptions(surroundings)) => Add(follow);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Rebuild, and watch it", "equecel rebuild-analytics --client operator --secrets .data/secrets.json"),
        ("How did it end?", "equecel rebuild-analytics --follow --json --client operator"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var last = new RebuildProgress();
        await ProgressBars.RunAsync(terminal, [("rebuild", null)], async bars =>
            last = await FollowAsync(client, parsed.GetValue(follow), bars[0], cancellationToken));
        if (terminal.Json)
        {
            terminal.SayJson(last);
        }
        else
        {
            terminal.Say(Explain(last));
        }

        return last is { State: State.Done, DifferentCount: 0 } ? ExitCode.Good : ExitCode.NotSo;
    }

    /// <summary>Follows the rebuild over cuts: it goes on without us.</summary>
    private static async Task<RebuildProgress> FollowAsync(EquecelClient client, bool followOnly, Action<long> read, CancellationToken cancellationToken)
    {
        var request = new RebuildRequest { FollowOnly = followOnly };
        var last = new RebuildProgress();
        for (var cuts = 0; ; cuts++)
        {
            try
            {
                using var call = client.Analytics.Rebuild(request, cancellationToken: cancellationToken);
                await foreach (var progress in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    // It was begun; from here on another one is not wanted.
                    request.FollowOnly = true;
                    last = progress;
                    read(progress.ReadCount);
                    cuts = 0;
                }

                return last;
            }
            catch (RpcException e) when (request.FollowOnly && cuts < MaxCuts && !cancellationToken.IsCancellationRequested
                && e.StatusCode is StatusCode.Unavailable or StatusCode.Unauthenticated or StatusCode.Internal or StatusCode.Cancelled)
            {
                await Task.Delay(AfterCut, cancellationToken);
            }
        }
    }

    private static string Explain(RebuildProgress end) => end.State switch
    {
        State.Done => $"Rebuilt from {Count(end.ReadCount)} versions. {Count(end.CarriedCount)} that only Analytics had were kept, and {Count(end.DifferentCount)} with another hash"
            + (end.CarriedCount + end.DifferentCount == 0 ? "." : "; see equecel reconcile.")
            + " What was there before is in the schema before_rebuild until the next time.",
        State.Unspecified => "There was no rebuild yet.",
        _ => $"The rebuild goes on: {Count(end.ReadCount)} versions read. Follow it with equecel rebuild-analytics --follow.",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

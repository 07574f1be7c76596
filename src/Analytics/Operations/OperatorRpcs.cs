using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Equecel.ServiceDefaults;
using Grpc.Core;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Operations;

/// <summary>What operators ask for and order.</summary>
internal sealed class OperatorRpcs(
    IngestionState state, LiveCohort live, ParkedMessages parked, Replay replay, Reconciler reconciler, Rebuild rebuild,
    RebuildTables rebuildTables, IEnumerable<CaptureService> services, AuditRpcs audit, TimeProvider time)
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;

    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>How the taking in stands.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task<IngestionStatus> GetStatusAsync(CancellationToken cancellation) => AnalyticsDatabase.AskAsync(async () =>
    {
        // What is stored is not known before it was loaded, which is not the same as nothing.
        DemandLoaded();

        // What is parked is counted now; the figure of it is some seconds old.
        var (count, oldest) = await parked.CountAsync(cancellation);
        state.Change(figures => figures with { ParkedCount = count, OldestParkedTime = oldest });
        return IngestionAnswer.Of(state.Figures, live.Position, rebuild.Running, time.GetUtcNow());
    });

    /// <summary>A page of parked messages.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ListParkedMessagesResponse> ListAsync(ListParkedMessagesRequest request, CancellationToken cancellation) => AnalyticsDatabase.AskAsync(async () =>
    {
        Demand(OperatorRequestChecks.Run(request));
        var size = request.PageSize == 0 ? UsualPage : Math.Min(request.PageSize, LargestPage);
        var page = await parked.ListAsync(OperatorRequestChecks.FindPlace(request.PageToken)!.Value, request.IncludeReplayed, size, cancellation);
        return new ListParkedMessagesResponse
        {
            Messages = { page },
            NextPageToken = page.Count == size ? page[^1].ParkedId.ToString(CultureInfo.InvariantCulture) : "",
        };
    });

    /// <summary>Takes parked messages in once more.</summary>
    /// <param name="request">Which.</param>
    /// <param name="context">The call.</param>
    /// <param name="tell">Is told what became of each.</param>
    public Task ReplayAsync(ReplayParkedMessagesRequest request, ServerCallContext context, Func<ReplayedMessage, Task> tell) => StreamAsync(
        async () =>
        {
            Demand(OperatorRequestChecks.Run(request));
            var ids = await replay.FindAsync(request, context.CancellationToken);
            await audit.OrderedAsync(Replay.Describe(ids), context);
            foreach (var id in ids)
            {
                if (await replay.RunAsync(id, Caller.Of(context).Actor, context.CancellationToken) is { } replayed)
                {
                    await tell(replayed);
                }
            }
        });

    /// <summary>Compares with the capture services now.</summary>
    /// <param name="request">With which.</param>
    /// <param name="context">The call.</param>
    /// <param name="tell">Is told each step.</param>
    public Task ReconcileAsync(ReconcileRequest request, ServerCallContext context, Func<ReconcileProgress, Task> tell) => StreamAsync(
        async () =>
        {
            Demand(OperatorRequestChecks.Run(request, [.. services.Select(service => service.Name)]));
            await audit.OrderedAsync($"comparison with {(request.Services.Count == 0 ? "all services" : string.Join(", ", request.Services))}", context);
            foreach (var service in services.Where(service => request.Services.Count == 0 || request.Services.Contains(service.Name)))
            {
                await ReconcileAsync(service, tell, context.CancellationToken);
            }
        });

    /// <summary>Begins a rebuild, or follows the one that runs.</summary>
    /// <param name="request">Which of the two.</param>
    /// <param name="context">The call. Its end is that of the following; the rebuild goes on.</param>
    /// <param name="tell">Is told how far it is.</param>
    public Task RebuildAsync(RebuildRequest request, ServerCallContext context, Func<RebuildProgress, Task> tell) => StreamAsync(
        async () =>
        {
            if (!request.FollowOnly)
            {
                await audit.OrderedAsync("rebuild", context);
            }

            // One that a restart cut off may not have been taken up yet.
            if (!request.FollowOnly || await rebuildTables.FindRunningAsync(context.CancellationToken) is not null)
            {
                rebuild.Begin();
            }

            while (rebuild.Running is { } running)
            {
                await tell(running);
                await Task.Delay(TellEvery, time, context.CancellationToken);
            }

            await tell(await rebuildTables.FindLastAsync(context.CancellationToken) ?? new RebuildProgress());
        });

    private async Task ReconcileAsync(CaptureService service, Func<ReconcileProgress, Task> tell, CancellationToken cancellation)
    {
        try
        {
            await reconciler.RunAsync(service, tell, cancellation);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && !cancellation.IsCancellationRequested)
        {
            await tell(new ReconcileProgress { Service = service.Name, Failure = $"It cannot be compared with at the moment: {e.StatusCode}. Try again when it is there." });
        }
    }

    private void DemandLoaded()
    {
        if (!live.Loaded.IsCompleted)
        {
            throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Runs what answers in many messages.</summary>
    private async Task StreamAsync(Func<Task> run)
    {
        DemandLoaded();
        await AnalyticsDatabase.AskAsync(async () =>
        {
            await run();
            return 0;
        });
    }
}

using Equecel.Analytics.Ingestion;
using Equecel.ServiceDefaults;

namespace Equecel.Analytics.Operations;

/// <summary>Compares with every capture service after the start, and then every few minutes.</summary>
internal sealed class ReconcileSchedule(
    IEnumerable<CaptureService> services, Reconciler reconciler, IngestionState state, TimeProvider time, ILogger<ReconcileSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FeedsPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QueuePatience = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(services.Select(service => RepeatAsync(service, stoppingToken)));

    private async Task RepeatAsync(CaptureService service, CancellationToken stopping)
    {
        // What the feed brings need not be fetched one by one.
        await WaitWhileAsync(() => state.Figures.Services[service.Name].FeedReadTime is null, FeedsPatience, stopping);
        while (!stopping.IsCancellationRequested)
        {
            // Nor need what waits at the broker, as after an import; it is not missing either.
            await WaitWhileAsync(() => state.Figures.QueuedCount > Reconciler.MaxFetched, QueuePatience, stopping);
            var wait = Interval;
            try
            {
                var begun = time.GetTimestamp();
                await reconciler.RunAsync(service, _ => Task.CompletedTask, stopping);

                // A study so large that comparing takes long is compared less often.
                wait += 50 * time.GetElapsedTime(begun);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                logger.LogWarning("Comparing with {Service} failed: {Reason}. Trying again", service.Name, BackgroundFailure.Count("reconcile", e));
                wait = AfterFailure;
            }

            await Task.Delay(wait, time, stopping);
        }
    }

    private async Task WaitWhileAsync(Func<bool> holds, TimeSpan most, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        while (holds() && time.GetElapsedTime(start) < most)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), time, stopping);
        }
    }
}

using System.Threading.Channels;
using Equecel.Analytics.Cohort;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Reads each service's feed from where it was left: at the start, whenever the broker has been away, and now and then. An empty
/// database is rebuilt in this way; what comes through both queue and feed does no harm.
/// </summary>
internal sealed class FeedReaders(
    IEnumerable<CaptureService> services, FeedReading reading, VersionStore store, Ingestor ingestor, LiveCohort live, IngestionState state, TimeProvider time, ILogger<FeedReaders> logger)
    : BackgroundService
{
    // The queue brings everything that the broker confirmed; this only finds what it lost. More often would do all the work twice.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly List<(CaptureService Service, Channel<bool> Wake)> feeds =
        [.. services.Select(service => (service, Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite })))];

    /// <summary>Reads all feeds now, or once more when they are being read.</summary>
    public void CatchUp() => feeds.ForEach(feed => feed.Wake.Writer.TryWrite(true));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);
        await Task.WhenAll(feeds.Select(feed => FollowAsync(feed.Service, feed.Wake.Reader, stoppingToken)));
    }

    private async Task FollowAsync(CaptureService service, ChannelReader<bool> wake, CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(service, await store.GetFeedPositionAsync(service.Name, stopping), stopping);
                state.Change(service.Name, figures => figures with { FeedReadTime = time.GetUtcNow() });
                backoff.Reset();
                await WaitAsync(wake, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // Whatever it is, it is tried again from the stored position.
                state.Change(service.Name, figures => figures with { FeedAwaySince = figures.FeedAwaySince ?? time.GetUtcNow() });
                logger.LogWarning("Reading the feed of {Service} ended: {Reason}. Trying again", service.Name, Reason(e));
                await Task.Delay(backoff.Next(), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReadAsync(CaptureService service, string resumeToken, CancellationToken stopping)
    {
        try
        {
            await ReadFromAsync(service, resumeToken, stopping);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument && resumeToken.Length > 0)
        {
            // The service does not know the position, for example after its database was restored. Versions make reading twice harmless.
            logger.LogWarning("{Service} does not know its resume token any more. Reading its feed from the beginning", service.Name);
            await ReadFromAsync(service, "", stopping);
        }
    }

    private async Task ReadFromAsync(CaptureService service, string resumeToken, CancellationToken stopping)
    {
        var count = await reading.ReadAsync(
            service,
            resumeToken,
            async (batch, position) =>
            {
                IsThere(service);
                await ingestor.TakeAsync(batch, position, stopping);
            },
            stopping);
        IsThere(service);
        if (count > 0)
        {
            logger.LogInformation("Read {Count} changes from the feed of {Service}", count, service.Name);
        }
    }

    // A feed that takes hours is not away until its end.
    private void IsThere(CaptureService service) => state.Change(service.Name, figures => figures with { FeedAwaySince = null });

    private static async Task WaitAsync(ChannelReader<bool> wake, CancellationToken stopping)
    {
        using var interval = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        interval.CancelAfter(Interval);
        try
        {
            await wake.ReadAsync(interval.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The interval is over.
        }
    }

    private static string Reason(Exception e)
    {
        var name = BackgroundFailure.Count("feed", e);
        return e is RpcException rpc ? $"{name}, {rpc.Status.Detail}" : name;
    }
}

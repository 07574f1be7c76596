using Equecel.Analytics.Cohort;
using Equecel.ServiceDefaults;
using RabbitMQ.Client;

namespace Equecel.Analytics.Ingestion;

/// <summary>Takes in the changes of records as the capture services publish them.</summary>
internal sealed class RecordsConsumer(
    IConnectionFactory broker, IEnumerable<CaptureService> services, VersionStore store, LiveCohort live, MessageReader reader,
    Ingestor ingestor, FeedReaders feeds, IngestionState state, TimeProvider time, ILogger<RecordsConsumer> logger)
    : QueueConsumer<Arrival>(RecordsTopology.Queue, Prefetch, EnoughChanges, broker, services, store, live, logger)
{
    /// <summary>Deliveries in hand at most.</summary>
    public const ushort Prefetch = 32;

    // Changes that make a batch; a delivery brings up to a hundred.
    private const int EnoughChanges = 500;

    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override IEnumerable<Arrival> Receive(ReceivedMessage message) => reader.Split(message).Select(reader.Read);

    /// <inheritdoc/>
    protected override async Task TakeAsync(IReadOnlyList<Arrival> batch, CancellationToken stopping)
    {
        using var span = TakeSpan.Start(batch);
        await ingestor.TakeAsync(batch, position: null, stopping);
    }

    /// <inheritdoc/>
    protected override async Task BesideAsync(IConnection connection, CancellationToken ended)
    {
        // What was saved before the queue was bound comes through the feeds only.
        feeds.CatchUp();
        state.Change(figures => figures with { NotConsumingSince = null });
        while (true)
        {
            try
            {
                await CountAsync(connection, ended);
            }
            catch (Exception e) when (!ended.IsCancellationRequested)
            {
                state.Change(figures => figures with { QueuedCount = null, DeadCount = null });
                Logger.LogWarning("What waits at the broker cannot be counted: {Failure}. It is tried again", BackgroundFailure.Count("queue count", e));
            }

            await Task.Delay(CountEvery, time, ended);
        }
    }

    private async Task CountAsync(IConnection connection, CancellationToken ended)
    {
        var queued = await RecordsTopology.CountAsync(connection, RecordsTopology.Queue, ended);
        var dead = await RecordsTopology.CountAsync(connection, RecordsTopology.DeadQueue, ended);
        state.Change(figures => figures with
        {
            QueuedCount = queued,
            DeadCount = dead,
            OldestDeadTime = dead == 0 ? null : figures.OldestDeadTime ?? time.GetUtcNow(),
        });
    }

    /// <inheritdoc/>
    protected override void Ended() =>
        state.Change(figures => figures with { NotConsumingSince = figures.NotConsumingSince ?? time.GetUtcNow(), QueuedCount = null, DeadCount = null });
}

using Equecel.Analytics.Cohort;
using RabbitMQ.Client;

namespace Equecel.Analytics.Ingestion;

/// <summary>Takes in, one by one, the changes of the messages that consumers died holding. The healthy ones among them pass.</summary>
internal sealed class QuarantineConsumer(
    IConnectionFactory broker, IEnumerable<CaptureService> services, VersionStore store, LiveCohort live, MessageReader reader,
    Ingestor ingestor, Quarantine quarantine, ILogger<QuarantineConsumer> logger)
    : QueueConsumer<ReceivedMessage>(RecordsTopology.DeadQueue, prefetch: 1, enough: 1, broker, services, store, live, logger)
{
    /// <inheritdoc/>
    protected override IEnumerable<ReceivedMessage> Receive(ReceivedMessage message) => reader.Split(message);

    /// <inheritdoc/>
    protected override async Task TakeAsync(IReadOnlyList<ReceivedMessage> batch, CancellationToken stopping)
    {
        foreach (var message in batch)
        {
            await quarantine.TakeAsync(
                message,
                fault => ingestor.TakeAsync([fault is null ? reader.Read(message) : new Arrival(message, Version: null, fault)], position: null, stopping),
                stopping);
        }
    }
}

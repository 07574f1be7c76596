using Equecel.Analytics.Cohort;
using Npgsql;
using RabbitMQ.Client;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Takes in, one by one, the messages that consumers died holding. The healthy ones among them pass; the one that three processes
/// began and none ended is parked unread, so a crash loop ends with the guilty message alone.
/// </summary>
internal sealed class QuarantineConsumer(
    IConnectionFactory broker, IEnumerable<CaptureService> services, VersionStore store, LiveCohort live, MessageReader reader,
    Ingestor ingestor, Quarantine quarantine, ILogger<QuarantineConsumer> logger)
    : QueueConsumer<ReceivedMessage>(RecordsTopology.DeadQueue, prefetch: 1, broker, services, store, live, logger)
{
    /// <summary>Processes that may die of a message.</summary>
    public const int MaxAttempts = 3;

    /// <inheritdoc/>
    protected override ReceivedMessage Receive(ReceivedMessage message) => message;

    /// <inheritdoc/>
    protected override async Task TakeAsync(IReadOnlyList<ReceivedMessage> batch, CancellationToken stopping)
    {
        foreach (var message in batch)
        {
            var died = await quarantine.BeginAsync(message, stopping);
            if (died >= MaxAttempts)
            {
                logger.LogError("Message {MessageId} ended {Count} processes that took it in. It is parked", message.MessageId, died);
            }

            await TakeAsync(message, died < MaxAttempts ? null : $"ended {MaxAttempts} processes that took it in", stopping);
            await quarantine.EndAsync(message, stopping);
        }
    }

    private async Task TakeAsync(ReceivedMessage message, string? fault, CancellationToken stopping)
    {
        try
        {
            await ingestor.TakeAsync([fault is null ? reader.Read(message) : new Arrival(message, Version: null, fault)], position: null, stopping);
        }
        catch (Exception e) when (fault is null && e is not (NpgsqlException or OperationCanceledException))
        {
            // A defect that ends no process would go round for ever.
            await TakeAsync(message, $"cannot be handled: {e.GetType().Name}", stopping);
        }
    }
}

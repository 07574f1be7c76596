using RabbitMQ.Client;

namespace Equecel.Analytics.Ingestion;

/// <summary>What Analytics needs at the broker. Declared on every connection; declaring what is there changes nothing.</summary>
internal static class RecordsTopology
{
    /// <summary>The exchange that capture services publish to.</summary>
    public const string Exchange = "equecel.records";

    /// <summary>Analytics' queue. Arguments of a queue cannot change, so its name carries a version.</summary>
    public const string Queue = "analytics.records.v1";

    /// <summary>Where the broker puts what consumers died of.</summary>
    public const string DeadQueue = "analytics.records.v1.dead";

    private const string DeadExchange = "equecel.dead";
    private const int DeliveryLimit = 50;

    /// <summary>Messages that wait in a queue, not counting those in hand.</summary>
    /// <param name="connection">A connection; the channel is the question's own.</param>
    /// <param name="queue">The queue, which must exist.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<long> CountAsync(IConnection connection, string queue, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        return (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
    }

    /// <summary>Declares it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="services">The services whose changes are wanted.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task DeclareAsync(IChannel channel, IEnumerable<CaptureService> services, CancellationToken cancellation)
    {
        // The dead queue comes first: without it, a dead letter would have nowhere to go.
        await channel.ExchangeDeclareAsync(DeadExchange, ExchangeType.Direct, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(
            DeadQueue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        await channel.QueueBindAsync(DeadQueue, DeadExchange, routingKey: Queue, cancellationToken: cancellation);

        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-delivery-limit"] = DeliveryLimit,
                ["x-dead-letter-exchange"] = DeadExchange,
                ["x-dead-letter-routing-key"] = Queue,
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-overflow"] = "reject-publish",
            },
            cancellationToken: cancellation);
        foreach (var service in services)
        {
            await channel.QueueBindAsync(Queue, Exchange, routingKey: $"{service.Name}.*", cancellationToken: cancellation);
        }
    }
}

using System.Threading.Channels;
using Equecel.Analytics.Cohort;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Takes in what the broker delivers, in small batches: a batch is whatever has come while the last one was being stored. Whatever
/// goes wrong with the broker, connection and consumer are thrown away and made anew.
/// </summary>
internal sealed class RecordsConsumer(
    IConnectionFactory broker, IEnumerable<CaptureService> services, DeliveryReader reader, Ingestor ingestor, FeedReaders feeds, LiveCohort live, ILogger<RecordsConsumer> logger)
    : BackgroundService
{
    /// <summary>Deliveries in hand at most.</summary>
    public const ushort Prefetch = 32;

    // Changes that make a batch; a delivery brings up to a hundred.
    private const int EnoughChanges = 500;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);

        var backoff = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(backoff, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the answer is the same: begin anew.
                logger.LogWarning("Consuming ended: {Reason}. Connecting again", e.Message);
            }

            await Task.Delay(backoff.Next(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConsumeAsync(Backoff backoff, CancellationToken stopping)
    {
        await using var connection = await broker.CreateConnectionAsync("analytics.records", stopping);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
        await RecordsTopology.DeclareAsync(channel, services, stopping);

        // What was saved before the queue was bound comes through the feeds only.
        feeds.CatchUp();

        await channel.BasicQosAsync(prefetchSize: 0, Prefetch, global: false, stopping);
        var deliveries = Channel.CreateUnbounded<(ulong Tag, IReadOnlyList<Arrival> Arrivals)>();
        var consumer = Consumer(connection, channel, deliveries.Writer);
        var consumerTag = await channel.BasicConsumeAsync(RecordsTopology.Queue, autoAck: false, consumer, stopping);
        logger.LogInformation("Consuming {Queue}", RecordsTopology.Queue);
        backoff.Reset();

        try
        {
            while (await WaitAsync(deliveries.Reader, connection, stopping))
            {
                await TakeAsync(deliveries.Reader, channel, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && channel.IsOpen)
        {
            await channel.BasicCancelAsync(consumerTag, cancellationToken: CancellationToken.None);
        }
    }

    private AsyncEventingBasicConsumer Consumer(IConnection connection, IChannel channel, ChannelWriter<(ulong Tag, IReadOnlyList<Arrival> Arrivals)> deliveries)
    {
        Task EndAsync(string reason)
        {
            deliveries.TryComplete(new IOException(reason));
            return Task.CompletedTask;
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            deliveries.TryWrite((delivery.DeliveryTag, reader.Read(delivery)));
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) => EndAsync("the broker cancelled the consumer");
        channel.ChannelShutdownAsync += (_, shutdown) => EndAsync($"channel closed, {shutdown.ReplyCode}");
        channel.CallbackExceptionAsync += (_, failure) => EndAsync($"a delivery could not be read, {failure.Exception.GetType().Name}");
        connection.ConnectionShutdownAsync += (_, shutdown) => EndAsync($"connection closed, {shutdown.ReplyCode}");
        return consumer;
    }

    /// <summary>Waits for deliveries. When none come, asks the broker whether there should be some.</summary>
    private static async Task<bool> WaitAsync(ChannelReader<(ulong Tag, IReadOnlyList<Arrival> Arrivals)> deliveries, IConnection connection, CancellationToken stopping)
    {
        var waiting = deliveries.WaitToReadAsync(stopping).AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(Silence, stopping);
            }
            catch (TimeoutException)
            {
                await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
                var queue = await channel.QueueDeclarePassiveAsync(RecordsTopology.Queue, stopping);
                if (queue.MessageCount > 0 && !waiting.IsCompleted)
                {
                    throw new IOException("the broker holds messages and delivers none");
                }
            }
        }
    }

    private async Task TakeAsync(ChannelReader<(ulong Tag, IReadOnlyList<Arrival> Arrivals)> deliveries, IChannel channel, CancellationToken stopping)
    {
        var batch = new List<Arrival>();
        var last = 0UL;
        while (batch.Count < EnoughChanges && deliveries.TryRead(out var delivery))
        {
            batch.AddRange(delivery.Arrivals);
            last = delivery.Tag;
        }

        await ingestor.TakeAsync(batch, position: null, stopping);

        // Tags come in order, so this covers the batch and nothing after it.
        await channel.BasicAckAsync(last, multiple: true, CancellationToken.None);
    }
}

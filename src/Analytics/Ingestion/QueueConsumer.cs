using System.Threading.Channels;
using Equecel.Analytics.Cohort;
using Equecel.Audit;
using Equecel.ServiceDefaults;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Equecel.Analytics.Ingestion;

/// <summary>
/// Takes in what the broker delivers from one queue, in batches: a batch is whatever has come while the last one was being stored.
/// Whatever goes wrong with the broker, connection and consumer are thrown away and made anew.
/// </summary>
/// <typeparam name="T">What each change in a delivery is made into when it comes.</typeparam>
internal abstract class QueueConsumer<T>(
    string queue, ushort prefetch, int enough, IConnectionFactory broker, IEnumerable<CaptureService> services, VersionStore store, LiveCohort live, ILogger logger)
    : BackgroundService
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastBatches = TimeSpan.FromSeconds(5);

    /// <summary>Where it is told what fails.</summary>
    protected ILogger Logger => logger;

    /// <summary>Makes something of each change in a delivery. Never throws.</summary>
    protected abstract IEnumerable<T> Receive(ReceivedMessage message);

    /// <summary>Takes in a batch; it is acknowledged afterwards.</summary>
    protected abstract Task TakeAsync(IReadOnlyList<T> batch, CancellationToken stopping);

    /// <summary>Is called when consuming begins. The task runs beside it, and ends with it.</summary>
    protected virtual Task BesideAsync(IConnection connection, CancellationToken ended) => Task.CompletedTask;

    /// <summary>Is called when consuming has ended.</summary>
    protected virtual void Ended()
    {
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);

        var backoff = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // While nothing can be stored, messages are better off at the broker: each return to it counts against them.
                await store.ProbeAsync(stoppingToken);
                await ConsumeAsync(backoff, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the answer is the same: begin anew.
                var name = BackgroundFailure.Count("consumer", e);
                if (BrokerFailure.FindRefusal(e) is { } refusal)
                {
                    logger.LogError("{Queue} cannot be consumed: {Refusal}. What is saved comes through the feeds, later; it is tried again", queue, refusal);
                }
                else
                {
                    logger.LogWarning("Consuming {Queue} ended: {Reason}. Connecting again", queue, e is IOException ? e.Message : name);
                }
            }

            Ended();
            await Task.Delay(backoff.Next(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConsumeAsync(Backoff backoff, CancellationToken stopping)
    {
        await using var connection = await broker.CreateConnectionAsync($"analytics {queue}", stopping);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
        await RecordsTopology.DeclareAsync(channel, services, stopping);

        await channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, stopping);
        var deliveries = Channel.CreateUnbounded<(ulong Tag, IReadOnlyList<T> Received)>();
        var consumerTag = await channel.BasicConsumeAsync(queue, autoAck: false, Consumer(connection, channel, deliveries.Writer), stopping);
        logger.LogInformation("Consuming {Queue}", queue);
        backoff.Reset();

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var beside = BesideAsync(connection, ended.Token);
        try
        {
            while (await WaitAsync(deliveries.Reader, connection, stopping))
            {
                await TakeAsync(deliveries.Reader, channel, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && channel.IsOpen)
        {
            await FinishAsync(deliveries.Reader, channel, consumerTag);
        }
        finally
        {
            await ended.CancelAsync();
            await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private AsyncEventingBasicConsumer Consumer(IConnection connection, IChannel channel, ChannelWriter<(ulong Tag, IReadOnlyList<T> Received)> deliveries)
    {
        Task EndAsync(string reason)
        {
            deliveries.TryComplete(new IOException(reason));
            return Task.CompletedTask;
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            deliveries.TryWrite((delivery.DeliveryTag, [.. Receive(MessageReader.Receive(delivery))]));
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) => EndAsync("the broker cancelled the consumer");
        channel.ChannelShutdownAsync += (_, shutdown) => EndAsync($"channel closed, {shutdown.ReplyCode}");
        channel.CallbackExceptionAsync += (_, failure) => EndAsync($"a delivery could not be received, {failure.Exception.GetType().Name}");
        connection.ConnectionShutdownAsync += (_, shutdown) => EndAsync($"connection closed, {shutdown.ReplyCode}");
        return consumer;
    }

    /// <summary>Waits for deliveries. When none come, asks the broker whether there should be some.</summary>
    private async Task<bool> WaitAsync(ChannelReader<(ulong Tag, IReadOnlyList<T> Received)> deliveries, IConnection connection, CancellationToken stopping)
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
                var count = await RecordsTopology.CountAsync(connection, queue, stopping);
                if (count > 0 && !waiting.IsCompleted)
                {
                    throw new IOException("the broker holds messages and delivers none");
                }
            }
        }
    }

    private async Task TakeAsync(ChannelReader<(ulong Tag, IReadOnlyList<T> Received)> deliveries, IChannel channel, CancellationToken stopping)
    {
        var batch = new List<T>();
        var last = 0UL;
        while (batch.Count < enough && deliveries.TryRead(out var delivery))
        {
            batch.AddRange(delivery.Received);
            last = delivery.Tag;
        }

        await TakeAsync(batch, stopping);

        // Tags come in order, so this covers the batch and nothing after it.
        await channel.BasicAckAsync(last, multiple: true, CancellationToken.None);
    }

    /// <summary>Takes no more, and finishes what is in hand: returned to the broker it would count against it.</summary>
    private async Task FinishAsync(ChannelReader<(ulong Tag, IReadOnlyList<T> Received)> deliveries, IChannel channel, string consumerTag)
    {
        await channel.BasicCancelAsync(consumerTag, cancellationToken: CancellationToken.None);
        using var patience = new CancellationTokenSource(LastBatches);
        while (deliveries.TryPeek(out _))
        {
            await TakeAsync(deliveries, channel, patience.Token);
        }
    }
}

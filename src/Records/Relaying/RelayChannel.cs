using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Equecel.Records.Relaying;

/// <summary>A connection that only publishes, with confirms. Thrown away at the first doubt.</summary>
internal sealed class RelayChannel : IAsyncDisposable
{
    /// <summary>The exchange that every capture service publishes to.</summary>
    public const string Exchange = "equecel.records";

    // Most messages that wait for their confirms together.
    private const int MaxBatch = 128;

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);
    private readonly IConnection connection;
    private readonly IChannel channel;

    private RelayChannel(IConnection connection, IChannel channel)
    {
        this.connection = connection;
        this.channel = channel;
    }

    /// <summary>Connects and declares the exchange.</summary>
    /// <param name="broker">Where.</param>
    /// <param name="name">What the broker calls the connection.</param>
    /// <param name="blocked">Is told why the broker takes no messages for now, and null once it takes them again.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<RelayChannel> OpenAsync(IConnectionFactory broker, string name, Action<string?> blocked, CancellationToken cancellation)
    {
        var connection = await broker.CreateConnectionAsync(name, cancellation);
        try
        {
            connection.ConnectionBlockedAsync += (_, block) => Tell(block.Reason);
            connection.ConnectionUnblockedAsync += (_, _) => Tell(null);
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null),
                cancellation);
            await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
            return new RelayChannel(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        Task Tell(string? reason)
        {
            blocked(reason);
            return Task.CompletedTask;
        }
    }

    /// <summary>Publishes messages in their order and waits until the broker has them all.</summary>
    /// <exception cref="PublishException">The broker refused one, or no queue takes it.</exception>
    /// <exception cref="TimeoutException">The broker did not answer.</exception>
    public async Task PublishAsync(IEnumerable<RelayMessage> messages)
    {
        foreach (var batch in messages.Chunk(MaxBatch))
        {
            // Without mandatory, the broker drops what it cannot route and confirms it. A cancelled publish would spoil the
            // channel's numbering, so the wait is bounded from outside.
            var confirms = Array.ConvertAll(batch, message => channel.BasicPublishAsync(
                Exchange, message.RoutingKey, mandatory: true, message.Properties, message.Body, CancellationToken.None).AsTask());
            await Task.WhenAll(confirms).WaitAsync(ConfirmTimeout);
        }
    }

    /// <summary>Fails when the channel is gone while nothing was published.</summary>
    public void ThrowIfClosed()
    {
        if (!channel.IsOpen)
        {
            throw new AlreadyClosedException(channel.CloseReason!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.AbortAsync(TimeSpan.FromSeconds(1));
        }
        finally
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

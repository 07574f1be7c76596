using RabbitMQ.Client;

namespace Equecel.Records.Tests.Relaying;

/// <summary>A durable queue that gets whatever the relay publishes.</summary>
internal sealed class TestQueue(string broker, IConnection connection, IChannel channel) : IAsyncDisposable
{
    private const string Name = "everything";

    public string Broker => broker;

    public static async Task<TestQueue> BindAsync(string broker)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("equecel.records", ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Name, "equecel.records", "#");
        return new TestQueue(broker, connection, channel);
    }

    /// <summary>Takes messages: so many, and whatever else is there then.</summary>
    public async Task<List<BasicGetResult>> TakeAsync(int count)
    {
        var taken = new List<BasicGetResult>();
        await Eventually.GetAsync(
            async () =>
            {
                while (await channel.BasicGetAsync(Name, autoAck: true) is { } message)
                {
                    taken.Add(message);
                }

                return taken.Count;
            },
            got => got >= count);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

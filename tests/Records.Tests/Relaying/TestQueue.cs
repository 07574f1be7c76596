using Equecel.Enrolment.V1;
using Equecel.Records.V1;
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

    /// <summary>Takes changes: so many, and whatever else is there then, each with the message that told it.</summary>
    public async Task<List<(EnrolmentRecordChange Change, BasicGetResult Message)>> TakeAsync(int count)
    {
        var taken = new List<(EnrolmentRecordChange, BasicGetResult)>();
        await Eventually.GetAsync(
            async () =>
            {
                while (await channel.BasicGetAsync(Name, autoAck: true) is { } message)
                {
                    taken.AddRange(EnrolmentRecordChanges.Parser.ParseFrom(message.Body.Span).Changes.Select(change => (change, message)));
                }

                return taken.Count;
            },
            got => got >= count);
        return taken;
    }

    /// <summary>Takes changes: record and version of each.</summary>
    public async Task<List<string>> TakeNamesAsync(int count) => (await TakeAsync(count)).ConvertAll(taken => NameOf(taken.Change.Record.Header));

    public static string NameOf(RecordHeader header) => $"{header.RecordId}/{header.Version}";

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

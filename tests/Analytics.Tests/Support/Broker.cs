using Equecel.Analytics.Ingestion;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using RabbitMQ.Client;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Publishes as the relays of the capture services do, and looks into the queue.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;

    private Broker(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public static async Task<Broker> ConnectAsync(string uri)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(uri), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        return new Broker(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)));
    }

    /// <summary>Publishes records, in their order, and returns when the broker has them.</summary>
    public Task PublishAsync(params IEnumerable<IMessage> records) => Task.WhenAll(records.Select(record =>
    {
        var header = Sent.HeaderOf(record);
        var message = Message(record);
        var service = record switch { EnrolmentRecord => "enrolment", AssessmentRecord => "assessment", QuestionnaireRecord => "questionnaire", _ => "safety" };
        return PublishAsync(message.ToByteArray(), service, message.Descriptor.FullName, $"{header.RecordId}/{header.Version}", $"{service}.{header.Kind}");
    }));

    /// <summary>The message that tells a record.</summary>
    public static IMessage Message(IMessage record) => record switch
    {
        EnrolmentRecord enrolment => new EnrolmentRecordChanges { Changes = { new EnrolmentRecordChange { Record = enrolment } } },
        AssessmentRecord assessment => new AssessmentRecordChanges { Changes = { new AssessmentRecordChange { Record = assessment } } },
        QuestionnaireRecord questionnaire => new QuestionnaireRecordChanges { Changes = { new QuestionnaireRecordChange { Record = questionnaire } } },
        _ => new SafetyRecordChanges { Changes = { new SafetyRecordChange { Record = (SafetyRecord)record } } },
    };

    /// <summary>Publishes anything.</summary>
    public Task PublishAsync(byte[] body, string sender = "safety", string type = "equecel.safety.v1.SafetyRecordChanges", string id = "", string routingKey = "safety.death") =>
        channel.BasicPublishAsync(
            RecordsTopology.Exchange, routingKey, mandatory: true,
            new BasicProperties { Persistent = true, MessageId = id, Type = type, AppId = sender, ContentType = "application/x-protobuf" }, body).AsTask();

    /// <summary>Consumers of Analytics' queue; null while there is no queue.</summary>
    public async Task<uint?> ConsumersAsync()
    {
        await using var own = await connection.CreateChannelAsync();
        try
        {
            return (await own.QueueDeclarePassiveAsync(RecordsTopology.Queue)).ConsumerCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }

    /// <summary>The dead queue, which must exist.</summary>
    public async Task<QueueDeclareOk> DeadAsync()
    {
        await using var own = await connection.CreateChannelAsync();
        return await own.QueueDeclarePassiveAsync(RecordsTopology.DeadQueue);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

using System.Text;
using RabbitMQ.Client.Events;

namespace Equecel.Analytics.Ingestion;

/// <summary>Reads what the broker delivers, and what was parked.</summary>
internal sealed class MessageReader(IEnumerable<CaptureService> services)
{
    // A record takes a few hundred bytes. What is larger is not even looked into.
    private const int LargestBytes = 1024 * 1024;

    private const string Sender = "app_id";
    private const string Type = "type";
    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>Takes over one delivery.</summary>
    /// <param name="delivery">The delivery, whose memory is the client's again when this returns.</param>
    public static ReceivedMessage Receive(BasicDeliverEventArgs delivery)
    {
        var body = delivery.Body.ToArray();
        var headers = delivery.BasicProperties.Headers ?? new Dictionary<string, object?>();
        var properties = new Dictionary<string, string?>
        {
            [Sender] = delivery.BasicProperties.AppId,
            ["message_id"] = delivery.BasicProperties.MessageId,
            ["routing_key"] = RoutingKeyBeforeDeath(headers) ?? delivery.RoutingKey,
            [Type] = delivery.BasicProperties.Type,
        };
        foreach (var (name, value) in headers)
        {
            properties[ReceivedMessage.HeaderPrefix + name] = value is byte[] text ? Encoding.UTF8.GetString(text) : value?.ToString();
        }

        return new ReceivedMessage(RecordsTopology.Queue, properties, () => body);
    }

    /// <summary>Reads a message, of the queue or of a feed.</summary>
    /// <param name="message">The message.</param>
    public Arrival Read(ReceivedMessage message) => Arrival.Read(message, () =>
    {
        var sender = message.Source.StartsWith(ReceivedMessage.FeedPrefix, StringComparison.Ordinal)
            ? message.Source[ReceivedMessage.FeedPrefix.Length..]
            : message.Properties.GetValueOrDefault(Sender) ?? "";
        ContractViolationException.Unless(services.TryGetValue(sender, out var service), "not from a service that is known");
        ContractViolationException.Unless(message.Properties.GetValueOrDefault(Type) == service.MessageType, "not of the service's type");

        var body = message.Body();
        ContractViolationException.Unless(body.Length <= LargestBytes, "larger than any record");
        return service.Read(body.Span);
    });

    // A dead letter comes under the queue's name; what it was sent under is in the header that tells of its death.
    private static string? RoutingKeyBeforeDeath(IDictionary<string, object?> headers) =>
        headers.TryGetValue("x-death", out var deaths)
        && deaths is IList<object> and [.., IDictionary<string, object?> first]
        && first.TryGetValue("routing-keys", out var keys)
        && keys is IList<object> and [byte[] key, ..]
            ? Encoding.UTF8.GetString(key)
            : null;
}

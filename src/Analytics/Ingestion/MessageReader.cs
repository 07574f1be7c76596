using System.Text;
using Google.Protobuf;
using RabbitMQ.Client.Events;

namespace Equecel.Analytics.Ingestion;

/// <summary>Reads what the broker delivers, and what was parked.</summary>
internal sealed class MessageReader(IEnumerable<CaptureService> services)
{
    // Services send far less in a message. What is larger is not even looked into.
    private const int LargestBytes = 1024 * 1024;

    private const uint ChangesField = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;
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

    /// <summary>Takes a message apart into its changes without reading them, so that one that is spoilt does not spoil the others.</summary>
    /// <param name="message">The message.</param>
    /// <returns>A message for each; the message itself when it is a single change, or cannot be taken apart.</returns>
    public IReadOnlyList<ReceivedMessage> Split(ReceivedMessage message)
    {
        if (FindService(message) is not { } service || message.Properties[Type] != service.Message.FullName || FindChanges(message.Body()) is not { Count: > 0 } changes)
        {
            return [message];
        }

        var properties = new Dictionary<string, string?>(message.Properties) { [Type] = service.ChangeType };
        return changes.ConvertAll(change => new ReceivedMessage(message.Source, properties, () => change));
    }

    /// <summary>Reads a change, of the queue or of a feed.</summary>
    /// <param name="message">The change, as <see cref="Split"/> gives it.</param>
    public Arrival Read(ReceivedMessage message) => Arrival.Read(message, () =>
    {
        var service = FindService(message);
        ContractViolationException.Unless(service is not null, "not from a service that is known");

        var (type, body) = (message.Properties.GetValueOrDefault(Type), message.Body());
        if (type == service.Message.FullName)
        {
            ContractViolationException.Unless(body.Length <= LargestBytes, "larger than any message");
            ContractViolationException.Unless(FindChanges(body) is not null, "not protobuf");
            throw new ContractViolationException("no changes");
        }

        ContractViolationException.Unless(type == service.ChangeType, "not of the service's type");
        return service.Read(body.Span);
    });

    private CaptureService? FindService(ReceivedMessage message) => services.GetValueOrDefault(
        message.Source.StartsWith(ReceivedMessage.FeedPrefix, StringComparison.Ordinal)
            ? message.Source[ReceivedMessage.FeedPrefix.Length..]
            : message.Properties.GetValueOrDefault(Sender) ?? "");

    /// <returns>Null when they cannot be told apart.</returns>
    private static List<ReadOnlyMemory<byte>>? FindChanges(ReadOnlyMemory<byte> body)
    {
        if (body.Length > LargestBytes)
        {
            return null;
        }

        try
        {
            using var input = new CodedInputStream(body.ToArray());
            var changes = new List<ReadOnlyMemory<byte>>();
            while (input.ReadTag() is not 0 and var tag)
            {
                if (tag == ChangesField)
                {
                    changes.Add(input.ReadBytes().Memory);
                }
                else
                {
                    input.SkipLastField();
                }
            }

            return changes;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    // A dead letter comes under the queue's name; what it was sent under is in the header that tells of its death.
    private static string? RoutingKeyBeforeDeath(IDictionary<string, object?> headers) =>
        headers.TryGetValue("x-death", out var deaths)
        && deaths is IList<object> and [.., IDictionary<string, object?> first]
        && first.TryGetValue("routing-keys", out var keys)
        && keys is IList<object> and [byte[] key, ..]
            ? Encoding.UTF8.GetString(key)
            : null;
}

using System.Text;
using Google.Protobuf;
using RabbitMQ.Client.Events;

namespace Equecel.Analytics.Ingestion;

/// <summary>Reads what the broker delivers.</summary>
internal sealed class DeliveryReader(IEnumerable<CaptureService> services)
{
    private const uint ChangesField = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;

    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>Reads one delivery: a change, or several.</summary>
    /// <param name="delivery">The delivery, whose memory is the client's again when this returns.</param>
    /// <returns>Each of its changes; a delivery that cannot be taken apart as one that could not be read.</returns>
    public IReadOnlyList<Arrival> Read(BasicDeliverEventArgs delivery)
    {
        var body = delivery.Body.ToArray();
        var properties = Properties(delivery);
        if (!services.TryGetValue(delivery.BasicProperties.AppId ?? "", out var service))
        {
            return [Unusable(properties, body, "not from a service that is known")];
        }

        if (delivery.BasicProperties.Type != service.Message.FullName)
        {
            return [Unusable(properties, body, "not of the service's type")];
        }

        try
        {
            var changes = Changes(body);
            if (changes.Count == 0)
            {
                return [Unusable(properties, body, "no changes")];
            }

            // What is parked can be read by itself later.
            properties["type"] = service.ChangeType;
            return [.. changes.Select(change => Arrival.Read(RecordsTopology.Queue, properties, () => change, () => service.Read(change.Span)))];
        }
        catch (InvalidProtocolBufferException)
        {
            return [Unusable(properties, body, "not protobuf")];
        }
    }

    /// <summary>Takes the changes of a message apart without reading them, so that one that is spoilt does not spoil the others.</summary>
    private static List<ReadOnlyMemory<byte>> Changes(byte[] body)
    {
        using var input = new CodedInputStream(body);
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

    private static Arrival Unusable(Dictionary<string, string?> properties, byte[] body, string why) =>
        new(RecordsTopology.Queue, properties, () => body, Version: null, why);

    private static Dictionary<string, string?> Properties(BasicDeliverEventArgs delivery)
    {
        var properties = new Dictionary<string, string?>
        {
            ["app_id"] = delivery.BasicProperties.AppId,
            ["message_id"] = delivery.BasicProperties.MessageId,
            ["routing_key"] = delivery.RoutingKey,
            ["type"] = delivery.BasicProperties.Type,
        };
        foreach (var (name, value) in delivery.BasicProperties.Headers ?? new Dictionary<string, object?>())
        {
            properties[Arrival.HeaderPrefix + name] = value is byte[] text ? Encoding.UTF8.GetString(text) : value?.ToString();
        }

        return properties;
    }
}

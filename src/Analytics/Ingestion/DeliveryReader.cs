using System.Text;
using RabbitMQ.Client.Events;

namespace Equecel.Analytics.Ingestion;

/// <summary>Reads what the broker delivers.</summary>
internal sealed class DeliveryReader(IEnumerable<CaptureService> services)
{
    private readonly Dictionary<string, CaptureService> services = services.ToDictionary(service => service.Name);

    /// <summary>Reads one delivery.</summary>
    /// <param name="delivery">The delivery, whose memory is the client's again when this returns.</param>
    public Arrival Read(BasicDeliverEventArgs delivery)
    {
        var body = delivery.Body.ToArray();
        var sender = delivery.BasicProperties.AppId ?? "";
        var type = delivery.BasicProperties.Type;
        return Arrival.Read(RecordsTopology.Queue, Properties(delivery), () => body, () =>
        {
            ContractViolationException.Unless(services.TryGetValue(sender, out var service), "not from a service that is known");
            ContractViolationException.Unless(type == service.MessageType, "not of the service's type");
            return service.Read(body);
        });
    }

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

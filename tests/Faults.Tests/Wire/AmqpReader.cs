using System.Buffers.Binary;
using System.Text;

namespace Equecel.Faults.Tests.Wire;

/// <summary>A message as a service published it.</summary>
/// <param name="RoutingKey">Its routing key.</param>
/// <param name="Properties">Its text properties by name.</param>
/// <param name="Body">Its body.</param>
internal sealed record CapturedMessage(string RoutingKey, IReadOnlyDictionary<string, string> Properties, byte[] Body);

/// <summary>Follows an AMQP connection, and keeps what is published on it.</summary>
/// <param name="onPublished">Gets each message.</param>
/// <remarks>Source: AMQP 0-9-1 specification, sections 2.3 and 4.2.</remarks>
internal sealed class AmqpReader(Action<CapturedMessage> onPublished) : IWireReader
{
    private const int ProtocolHeaderLength = 8;
    private const int FrameOverhead = 8;
    private const byte MethodFrame = 1;
    private const byte HeaderFrame = 2;
    private const byte BodyFrame = 3;

    // The text properties in the order of their flags, from bit 15; the others are no text.
    private static readonly (int Bit, string Name)[] TextProperties =
        [(15, "content_type"), (14, "content_encoding"), (10, "correlation_id"), (9, "reply_to"), (8, "expiration"), (7, "message_id"), (5, "type"), (4, "user_id"), (3, "app_id")];

    private readonly Dictionary<int, Publishing> publishing = [];
    private bool started;

    /// <inheritdoc/>
    public int? Frame(ReadOnlySpan<byte> bytes, bool fromServer)
    {
        if (!fromServer && !started)
        {
            return bytes.Length >= ProtocolHeaderLength ? ProtocolHeaderLength : null;
        }

        if (bytes.Length < 7)
        {
            return null;
        }

        var length = FrameOverhead + BinaryPrimitives.ReadInt32BigEndian(bytes[3..]);
        return bytes.Length >= length ? length : null;
    }

    /// <inheritdoc/>
    public WirePoint Read(ReadOnlySpan<byte> message, bool fromServer)
    {
        if (!fromServer && !started)
        {
            started = true;
            return WirePoint.None;
        }

        var channel = BinaryPrimitives.ReadUInt16BigEndian(message[1..]);
        var payload = message[7..^1];
        return message[0] switch
        {
            MethodFrame => ReadMethod(payload, channel, fromServer),
            HeaderFrame when !fromServer && publishing.TryGetValue(channel, out var open) => Continue(channel, open.Describe(payload)),
            BodyFrame when !fromServer && publishing.TryGetValue(channel, out var open) => Continue(channel, open.Add(payload)),
            _ => WirePoint.None,
        };
    }

    private WirePoint ReadMethod(ReadOnlySpan<byte> payload, int channel, bool fromServer)
    {
        if (payload.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(payload) != 60)
        {
            return WirePoint.None;
        }

        switch (BinaryPrimitives.ReadUInt16BigEndian(payload[2..]))
        {
            case 40 when !fromServer:
                var arguments = payload[6..];
                ShortText(ref arguments);
                publishing[channel] = new Publishing(ShortText(ref arguments));
                // The point is where the whole message has passed.
                return WirePoint.None;
            case 60 when fromServer:
                return WirePoint.Delivered;
            case 80:
                return fromServer ? WirePoint.Confirmed : WirePoint.Acknowledged;
            default:
                return WirePoint.None;
        }
    }

    private WirePoint Continue(int channel, CapturedMessage? complete)
    {
        if (complete is null)
        {
            return WirePoint.None;
        }

        publishing.Remove(channel);
        onPublished(complete);
        return WirePoint.Published;
    }

    private static string ShortText(ref ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Slice(1, bytes[0]));
        bytes = bytes[(1 + bytes[0])..];
        return text;
    }

    private sealed class Publishing(string routingKey)
    {
        private readonly List<byte> body = [];
        private readonly Dictionary<string, string> properties = [];
        private ulong size;

        public CapturedMessage? Describe(ReadOnlySpan<byte> payload)
        {
            size = BinaryPrimitives.ReadUInt64BigEndian(payload[4..]);
            var flags = BinaryPrimitives.ReadUInt16BigEndian(payload[12..]);
            var values = payload[14..];
            for (var bit = 15; bit > 1; bit--)
            {
                if ((flags & (1 << bit)) == 0)
                {
                    continue;
                }

                if (TextProperties.FirstOrDefault(property => property.Bit == bit).Name is { } name)
                {
                    properties[name] = ShortText(ref values);
                }
                else
                {
                    // Headers, delivery mode, priority, time.
                    values = values[(bit switch { 13 => 4 + BinaryPrimitives.ReadInt32BigEndian(values), 6 => 8, _ => 1 })..];
                }
            }

            return size == 0 ? new CapturedMessage(routingKey, properties, []) : null;
        }

        public CapturedMessage? Add(ReadOnlySpan<byte> payload)
        {
            body.AddRange(payload);
            return (ulong)body.Count >= size ? new CapturedMessage(routingKey, properties, [.. body]) : null;
        }
    }
}

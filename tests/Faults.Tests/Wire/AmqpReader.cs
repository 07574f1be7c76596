using System.Buffers.Binary;

namespace Equecel.Faults.Tests.Wire;

/// <summary>Follows an AMQP connection, and notes what is published, confirmed, delivered and acknowledged on it.</summary>
/// <param name="log">Where it is noted.</param>
/// <remarks>Source: AMQP 0-9-1 specification, sections 2.3 and 4.2, and RabbitMQ's confirms.</remarks>
internal sealed class AmqpReader(MessageLog log) : IWireReader
{
    private const int ProtocolHeaderLength = 8;
    private const int FrameOverhead = 8;
    private const byte MethodFrame = 1;
    private const byte HeaderFrame = 2;
    private const byte BodyFrame = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<(int Channel, bool FromServer), MessageAssembly> open = [];
    private readonly Dictionary<(int Channel, bool FromServer), SortedDictionary<ulong, IReadOnlyList<string>>> outstanding = [];
    private readonly Dictionary<int, ulong> lastTags = [];
    private bool started;

    /// <inheritdoc/>
    public int? Frame(ReadOnlySpan<byte> bytes, bool fromServer)
    {
        if (!fromServer && !started)
        {
            return bytes.Length >= ProtocolHeaderLength ? ProtocolHeaderLength : null;
        }

        if (bytes.Length < FrameOverhead - 1)
        {
            return null;
        }

        var length = FrameOverhead + BinaryPrimitives.ReadInt32BigEndian(bytes[3..]);
        return bytes.Length >= length ? length : null;
    }

    /// <inheritdoc/>
    public WirePoint Read(ReadOnlySpan<byte> message, bool fromServer)
    {
        lock (gate)
        {
            if (!fromServer && !started)
            {
                started = true;
                return WirePoint.None;
            }

            var channel = BinaryPrimitives.ReadUInt16BigEndian(message[1..]);
            var payload = message[7..^1];
            var place = (channel, fromServer);
            return message[0] switch
            {
                MethodFrame => ReadMethod(payload, channel, fromServer),
                HeaderFrame when open.TryGetValue(place, out var begun) => Complete(place, begun, begun.Describe(payload)),
                BodyFrame when open.TryGetValue(place, out var begun) => Complete(place, begun, begun.Add(payload)),
                _ => WirePoint.None,
            };
        }
    }

    private WirePoint ReadMethod(ReadOnlySpan<byte> payload, int channel, bool fromServer)
    {
        const int basic = 60;
        if (payload.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(payload) != basic)
        {
            return WirePoint.None;
        }

        var arguments = payload[4..];
        switch (BinaryPrimitives.ReadUInt16BigEndian(payload[2..]), fromServer)
        {
            // Publish: the point is where the whole message has passed.
            case (40, false):
                arguments = arguments[2..];
                MessageAssembly.ShortText(ref arguments);
                lastTags[channel] = lastTags.GetValueOrDefault(channel) + 1;
                open[(channel, false)] = new MessageAssembly(lastTags[channel], MessageAssembly.ShortText(ref arguments));
                return WirePoint.None;
            // Deliver.
            case (60, true):
                MessageAssembly.ShortText(ref arguments);
                var tag = BinaryPrimitives.ReadUInt64BigEndian(arguments);
                arguments = arguments[9..];
                MessageAssembly.ShortText(ref arguments);
                open[(channel, true)] = new MessageAssembly(tag, MessageAssembly.ShortText(ref arguments));
                return WirePoint.None;
            // Return: what comes with it is no delivery.
            case (50, true):
                open.Remove((channel, true));
                return WirePoint.None;
            // Acknowledge.
            case (80, _):
                Settle(channel, !fromServer, BinaryPrimitives.ReadUInt64BigEndian(arguments), multiple: (arguments[8] & 1) != 0);
                return fromServer ? WirePoint.Confirmed : WirePoint.Acknowledged;
            default:
                return WirePoint.None;
        }
    }

    private WirePoint Complete((int Channel, bool FromServer) place, MessageAssembly begun, CapturedMessage? complete)
    {
        if (complete is null)
        {
            return WirePoint.None;
        }

        open.Remove(place);
        if (!outstanding.TryGetValue(place, out var waiting))
        {
            outstanding[place] = waiting = [];
        }

        waiting[begun.Tag] = complete.Versions;
        if (!place.FromServer)
        {
            log.Publish(complete);
        }

        return place.FromServer ? WirePoint.Delivered : WirePoint.Published;
    }

    private void Settle(int channel, bool delivered, ulong tag, bool multiple)
    {
        if (!outstanding.TryGetValue((channel, delivered), out var waiting))
        {
            return;
        }

        var settled = delivered ? log.Acknowledged : log.Confirmed;
        foreach (var (known, versions) in waiting.TakeWhile(message => message.Key <= tag).Where(message => multiple || message.Key == tag).ToList())
        {
            foreach (var version in versions)
            {
                settled[version] = true;
            }

            waiting.Remove(known);
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Equecel.Faults.Tests.Wire;

/// <summary>Puts a message together from its frames: method, header, bodies.</summary>
/// <param name="tag">Its delivery tag on the channel.</param>
/// <param name="routingKey">Its routing key.</param>
internal sealed class MessageAssembly(ulong tag, string routingKey)
{
    // The text properties by the bit of their flag; the others are no text.
    private static readonly Dictionary<int, string> TextProperties = new()
    {
        [15] = "content_type",
        [14] = "content_encoding",
        [10] = "correlation_id",
        [9] = "reply_to",
        [8] = "expiration",
        [7] = "message_id",
        [5] = "type",
        [4] = "user_id",
        [3] = "app_id",
    };

    private readonly List<byte> body = [];
    private readonly Dictionary<string, string> properties = [];
    private ulong size;

    /// <summary>Its delivery tag on the channel.</summary>
    public ulong Tag => tag;

    /// <summary>Adds the header.</summary>
    /// <returns>The message, when it is complete.</returns>
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

            if (TextProperties.TryGetValue(bit, out var name))
            {
                properties[name] = ShortText(ref values);
            }
            else
            {
                // Headers, time; delivery mode and priority.
                values = values[(bit switch { 13 => 4 + BinaryPrimitives.ReadInt32BigEndian(values), 6 => 8, _ => 1 })..];
            }
        }

        return Complete();
    }

    /// <summary>Adds a piece of the body.</summary>
    /// <returns>The message, when it is complete.</returns>
    public CapturedMessage? Add(ReadOnlySpan<byte> payload)
    {
        body.AddRange(payload);
        return Complete();
    }

    /// <summary>Takes a short text off the front.</summary>
    public static string ShortText(ref ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Slice(1, bytes[0]));
        bytes = bytes[(1 + bytes[0])..];
        return text;
    }

    private CapturedMessage? Complete() => (ulong)body.Count >= size ? new CapturedMessage(routingKey, properties, [.. body]) : null;
}

using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Equecel.Hostile.Tests.Wire;

/// <summary>A connection on which HTTP/2 frames are written by hand, right ones and others. What comes back is read and left.</summary>
/// <remarks>Source: RFC 9113 (HTTP/2) sections 3.4, 4.1 and 6; RFC 7541 (HPACK) section 6.</remarks>
internal sealed class Http2Connection : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Priority = 2;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte PushPromise = 5;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;

    public const byte EndStream = 1;
    public const byte Ack = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte WithPriority = 32;

    private readonly TcpClient client = new() { NoDelay = true };
    private Task reading = Task.CompletedTask;

    /// <summary>Connects.</summary>
    /// <param name="address">To where.</param>
    /// <param name="reads">Whether to read what comes back.</param>
    /// <param name="preface">What to begin with; null for what HTTP/2 wants.</param>
    public static async Task<Http2Connection> OpenAsync(Uri address, bool reads = true, byte[]? preface = null)
    {
        var connection = new Http2Connection();
        await connection.client.ConnectAsync(address.Host, address.Port);
        await connection.WriteAsync(preface ?? [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])]);
        if (reads)
        {
            connection.reading = connection.ReadAsync();
        }

        return connection;
    }

    public static byte[] Frame(byte type, byte flags, uint stream, byte[] payload, int? length = null)
    {
        var frame = new byte[9 + payload.Length];
        var said = length ?? payload.Length;
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(said >> 16), (byte)(said >> 8), (byte)said, type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    public static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>A setting and its value.</summary>
    public static byte[] Setting(ushort id, uint value) => [(byte)(id >> 8), (byte)id, .. Number(value)];

    /// <summary>Header fields as literals, without an index and without Huffman's code.</summary>
    public static byte[] Fields(params (string Name, string Value)[] fields) =>
        [.. fields.SelectMany(field => (byte[])[0, .. Text(field.Name), .. Text(field.Value)])];

    /// <summary>The header fields of a gRPC call.</summary>
    public static byte[] Call(string path, string token) => Fields(
        (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"), ("content-type", "application/grpc"), ("te", "trailers"),
        ("authorization", $"Bearer {token}"));

    /// <summary>Writes bytes.</summary>
    /// <returns>Whether the other side still took them.</returns>
    public async Task<bool> WriteAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await client.GetStream().WriteAsync(bytes, patience.Token);
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // It has had enough, as it may.
            return false;
        }
    }

    /// <summary>Writes the same or changing frames until there were so many, or the other side has had enough.</summary>
    public async Task FloodAsync(int count, Func<int, byte[]> frame)
    {
        const int atOnce = 100;
        for (var sent = 0; sent < count; sent += atOnce)
        {
            if (!await WriteAsync([.. Enumerable.Range(sent, Math.Min(atOnce, count - sent)).SelectMany(frame)]))
            {
                return;
            }
        }
    }

    /// <summary>Waits for a while until the other side closes.</summary>
    public async Task SettleAsync() => await Task.WhenAny(reading, Task.Delay(300));

    public void Dispose() => client.Dispose();

    // Lengths as HPACK's integers with a prefix of 7 bits.
    private static byte[] Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length < 127)
        {
            return [(byte)bytes.Length, .. bytes];
        }

        var length = new List<byte> { 127 };
        var rest = bytes.Length - 127;
        for (; rest >= 128; rest >>= 7)
        {
            length.Add((byte)((rest & 127) | 128));
        }

        return [.. length, (byte)rest, .. bytes];
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut.
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Equecel.Faults.Tests.Wire;

/// <summary>One connection on a link.</summary>
internal sealed class LinkConnection(Link link, Socket client, IWireReader? reader) : IDisposable
{
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource broken = new();
    private Socket server = NewSocket();

    /// <summary>Passes on what comes from either side, until one of them ends.</summary>
    /// <param name="port">Where the other side is.</param>
    public async Task RunAsync(int port)
    {
        try
        {
            client.NoDelay = true;
            await ConnectAsync(port);
            var outward = PassAsync(client, server, fromServer: false);
            var inward = PassAsync(server, client, fromServer: true);
            await await Task.WhenAny(outward, inward);
            // One side has said that it is done; the other may still have an answer.
            await Task.WhenAll(outward, inward).WaitAsync(LastAnswer, broken.Token);
            client.Close();
            server.Close();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            // One side is gone: so is the other.
            Break();
        }
    }

    /// <summary>Breaks it as a cut cable does: nothing more passes, and both sides are told.</summary>
    public void Break()
    {
        try
        {
            broken.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }

        Reset(client);
        Reset(server);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        broken.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task ConnectAsync(int port)
    {
        while (true)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, broken.Token);
                return;
            }
            catch (SocketException) when (link.Waits)
            {
                // A socket that was refused cannot be used again.
                server.Dispose();
                await Task.Delay(20, broken.Token);
                server = NewSocket();
            }
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Close();
    }

    private async Task PassAsync(Socket from, Socket to, bool fromServer)
    {
        var buffer = new byte[64 * 1024];
        var (start, end) = (0, 0);
        while (true)
        {
            if (end == buffer.Length)
            {
                (buffer, start, end) = Room(buffer, start, end);
            }

            var count = await from.ReceiveAsync(buffer.AsMemory(end), broken.Token);
            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            end += count;
            await link.Flowing.WaitAsync(broken.Token);
            if (link.Delay > TimeSpan.Zero)
            {
                await Task.Delay(link.Delay, broken.Token);
            }

            start += await PassAsync(buffer.AsMemory(start..end), to, fromServer);
            if (start == end)
            {
                (start, end) = (0, 0);
            }
        }
    }

    /// <summary>Passes on the messages that are complete.</summary>
    /// <returns>How much has passed.</returns>
    private async Task<int> PassAsync(ReadOnlyMemory<byte> bytes, Socket to, bool fromServer)
    {
        if (reader is null)
        {
            await SendAsync(to, bytes);
            return bytes.Length;
        }

        var (sent, read) = (0, 0);
        while (reader.Frame(bytes.Span[read..], fromServer) is { } length)
        {
            var point = reader.Read(bytes.Span.Slice(read, length), fromServer);
            if (point != WirePoint.None && link.Trap is { } trap && trap.Springs(point))
            {
                await SendAsync(to, bytes[sent..(trap.Passes ? read + length : read)]);
                await trap.SpringAsync();
                if (!trap.Passes)
                {
                    throw new OperationCanceledException();
                }

                sent = read + length;
            }

            read += length;
        }

        await SendAsync(to, bytes[sent..read]);
        return read;
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, broken.Token)..];
        }
    }

    private static (byte[] Buffer, int Start, int End) Room(byte[] buffer, int start, int end)
    {
        var larger = start > 0 ? buffer : new byte[buffer.Length * 2];
        buffer.AsSpan(start..end).CopyTo(larger);
        return (larger, 0, end - start);
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Equecel.Faults.Tests.Wire;

namespace Equecel.Faults.Tests.SelfTests;

/// <summary>The named points are seen in bytes made by hand, and a link does what it is told.</summary>
public sealed class WireTests
{
    [Fact]
    public void A_save_is_seen_when_it_is_asked_for_committed_and_answered()
    {
        var reader = Started();

        Assert.Equal(WirePoint.None, reader.Read(Message('P', "s1\0with x as (insert into journal values (1))\0\0\0"), fromServer: false));
        Assert.Equal(WirePoint.SaveRequested, reader.Read(Message('B', "\0s1\0"), fromServer: false));
        Assert.Equal(WirePoint.SaveCommitting, reader.Read(Message('S', ""), fromServer: false));
        Assert.Equal(WirePoint.None, reader.Read(Message('C', "SELECT 1\0"), fromServer: true));
        Assert.Equal(WirePoint.SaveCommitted, reader.Read(Message('Z', "I"), fromServer: true));
        Assert.Equal(WirePoint.None, reader.Read(Message('Z', "I"), fromServer: true));
    }

    [Fact]
    public void A_save_in_a_transaction_commits_with_it()
    {
        var reader = Started();

        // Sent together, answered one by one.
        reader.Read(Message('Q', "DISCARD ALL\0"), fromServer: false);
        reader.Read(Message('Q', "BEGIN\0"), fromServer: false);
        Assert.Equal(WirePoint.SaveRequested, reader.Read(Message('Q', "insert into journal values (1)\0"), fromServer: false));
        Assert.Equal(WirePoint.None, reader.Read(Message('Z', "I"), fromServer: true));
        Assert.Equal(WirePoint.None, reader.Read(Message('Z', "T"), fromServer: true));
        Assert.Equal(WirePoint.None, reader.Read(Message('Z', "T"), fromServer: true));
        Assert.Equal(WirePoint.SaveCommitting, reader.Read(Message('Q', "COMMIT\0"), fromServer: false));
        Assert.Equal(WirePoint.SaveCommitted, reader.Read(Message('Z', "I"), fromServer: true));
    }

    [Fact]
    public void The_answer_to_a_request_for_encryption_is_one_byte()
    {
        var reader = new PostgresReader();
        reader.Read([0, 0, 0, 8, 4, 210, 22, 47], fromServer: false);

        Assert.Equal(1, reader.Frame("N"u8, fromServer: true));
    }

    [Fact]
    public void A_message_is_published_when_all_of_it_has_passed_and_then_confirmed()
    {
        var log = new MessageLog();
        var reader = new AmqpReader(log);
        reader.Read("AMQP\0\0\u0009\u0001"u8, fromServer: false);

        Assert.Equal(WirePoint.None, reader.Read(Frame(1, [0, 60, 0, 40, 0, 0, 1, (byte)'x', 1, (byte)'k', 1]), fromServer: false));
        // Message id, no body.
        Assert.Equal(WirePoint.Published, reader.Read(Frame(2, [0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 9, .. "planted-1"u8]), fromServer: false));
        Assert.Equal(WirePoint.Confirmed, reader.Read(Frame(1, [0, 60, 0, 80, 0, 0, 0, 0, 0, 0, 0, 1, 0]), fromServer: true));
        Assert.Equal("k", Assert.Single(log.Published).RoutingKey);
    }

    [Fact]
    public async Task A_link_passes_on_cuts_and_takes_connections_again_when_mended()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var link = new Link("a-b", () => ((IPEndPoint)server.LocalEndpoint).Port);
        using var first = await ConnectAsync(link);
        using var accepted = await server.AcceptTcpClientAsync();

        await first.GetStream().WriteAsync("hello"u8.ToArray());
        var received = new byte[5];
        await accepted.GetStream().ReadExactlyAsync(received);
        Assert.Equal("hello", Encoding.ASCII.GetString(received));

        link.Cut();
        await Assert.ThrowsAnyAsync<IOException>(async () => await first.GetStream().ReadExactlyAsync(received));
        // The caller is told before the link has put its own side away.
        await Eventually.TrueAsync(() => link.OpenCount == 0);

        link.Mend();
        using var second = await ConnectAsync(link);
        using var again = await server.AcceptTcpClientAsync();
        Assert.Equal(1, link.OpenCount);
    }

    private static PostgresReader Started()
    {
        var reader = new PostgresReader();
        reader.Read([0, 0, 0, 8, 0, 3, 0, 0], fromServer: false);
        Assert.Equal(WirePoint.None, reader.Read(Message('Z', "I"), fromServer: true));
        return reader;
    }

    private static byte[] Message(char type, string body)
    {
        var message = new byte[5 + body.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + body.Length);
        Encoding.ASCII.GetBytes(body, message.AsSpan(5));
        return message;
    }

    private static byte[] Frame(byte type, byte[] payload) => [type, 0, 1, 0, 0, 0, (byte)payload.Length, .. payload, 0xCE];

    private static async Task<TcpClient> ConnectAsync(Link link)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, link.Port);
        return client;
    }
}

using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Running;

/// <summary>Finds TCP ports on the loopback.</summary>
internal sealed class Ports
{
    // Below the range from which Linux takes ports for outgoing connections, so that a port stays free while its process restarts.
    private const int First = 20000;
    private const int Count = 12000;

    private readonly HashSet<int> given = [];

    /// <summary>Gives a port that is free now and that it has not given before.</summary>
    public int Take()
    {
        while (true)
        {
            var port = First + Random.Shared.Next(Count);
            if (given.Add(port) && IsFree(port))
            {
                return port;
            }
        }
    }

    /// <summary>Whether nobody listens on a port of the loopback.</summary>
    public static bool IsFree(int port) => IsFree(IPAddress.Loopback, port) && IsFree(IPAddress.IPv6Loopback, port);

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException e)
        {
            // A machine without IPv6 cannot have the port taken there.
            return e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Equecel.Testing;

/// <summary>Finds a TCP port on loopback that nothing listens on.</summary>
public static class FreePort
{
    /// <summary>Takes a free port, each call another one.</summary>
    /// <returns>
    /// A port from 20000 to 31999: below the range that outgoing connections get theirs from, so none of those takes it
    /// before a server does.
    /// </returns>
    /// <exception cref="InvalidOperationException">Every port that was tried is taken.</exception>
    public static int Take()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one is tried.
            }
        }

        throw new InvalidOperationException("No free port from 20000 to 31999 was found on loopback.");
    }
}

using System.Net;
using System.Net.Sockets;

namespace Equecel.Testing;

/// <summary>Finds a TCP port on loopback that nothing listens on, and that no other test program is about to listen on.</summary>
public static class FreePort
{
    // Below the range that outgoing connections get theirs from, so none of those takes it before a server does.
    private const int First = 20_000;
    private const int SliceSize = 500;
    private const int SliceCount = 24;

    // Its lock is held, and with it the ports, until the program ends.
    private static readonly (FileStream Lock, int First) Slice = TakeSlice();
    private static int taken = Random.Shared.Next(SliceSize);

    /// <summary>Takes a free port, each call another one: servers that start at the same time would else meet on it.</summary>
    /// <returns>A port from 20000 to 31999.</returns>
    /// <exception cref="InvalidOperationException">Every port of this program is taken.</exception>
    public static int Take()
    {
        for (var attempt = 0; attempt < SliceSize; attempt++)
        {
            var port = Slice.First + (Interlocked.Increment(ref taken) % SliceSize);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one is tried.
            }
        }

        throw new InvalidOperationException($"No free port from {Slice.First} to {Slice.First + SliceSize - 1} was found on loopback.");
    }

    private static (FileStream Lock, int First) TakeSlice()
    {
        for (var slice = 0; slice < SliceCount; slice++)
        {
            try
            {
                var file = new FileStream(Path.Combine(Path.GetTempPath(), $"equecel-ports-{slice}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return (file, First + (slice * SliceSize));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another program's, or another user's.
            }
        }

        throw new InvalidOperationException($"{SliceCount} test programs that take ports run already.");
    }
}

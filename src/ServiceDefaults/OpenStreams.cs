using Grpc.Core;
using Microsoft.Extensions.Configuration;

namespace Equecel.ServiceDefaults;

/// <summary>
/// Gives open streams their places: <c>Limits:StreamsOfClient</c> for a client and site, so that one of them does not take what all
/// need, and <c>Limits:StreamsAtOnce</c> in all. None may hold a connection of the database that a save waits for while its caller reads.
/// </summary>
/// <param name="configuration">The configuration.</param>
internal sealed class OpenStreams(IConfiguration configuration)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly int mostOfClient = configuration.GetValue("Limits:StreamsOfClient", 64);
    private readonly int most = configuration.GetValue("Limits:StreamsAtOnce", 512);
    private readonly Dictionary<(string Client, string? Site), int> open = [];
    private readonly Lock counting = new();
    private int all;

    /// <summary>Takes a place.</summary>
    /// <param name="client">Who opens a stream; empty for whoever needs no token.</param>
    /// <param name="site">The only site that it sees; null for all.</param>
    /// <returns>Gives the place back.</returns>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: there is none.</exception>
    public IDisposable Enter(string client, string? site)
    {
        lock (counting)
        {
            var own = open.GetValueOrDefault((client, site));
            if (own < mostOfClient && all < most)
            {
                open[(client, site)] = own + 1;
                all++;
                return new Place(this, (client, site));
            }

            throw own < mostOfClient
                ? RpcError.TooManyStreams("This service", most, RetryAfter)
                : RpcError.TooManyStreams("Your client", mostOfClient, RetryAfter);
        }
    }

    private void Leave((string Client, string? Site) who)
    {
        lock (counting)
        {
            all--;
            if (--open[who] == 0)
            {
                open.Remove(who);
            }
        }
    }

    private sealed class Place(OpenStreams streams, (string Client, string? Site) who) : IDisposable
    {
        public void Dispose() => streams.Leave(who);
    }
}

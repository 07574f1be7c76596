using System.Runtime.CompilerServices;
using Equecel.Records.V1;

namespace Equecel.Faults.Tests.Driving;

/// <summary>A change as a feed told it.</summary>
/// <param name="Service">The capture service.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Site">Its site.</param>
/// <param name="Token">The token after it.</param>
internal sealed record SeenChange(string Service, string RecordId, int Version, string Hash, string Site, string Token);

/// <summary>Follows a feed through every fault, resumed each time from the last change that it dealt with.</summary>
/// <param name="client">Who follows.</param>
/// <param name="service">The capture service.</param>
internal sealed class Watcher(SiteClient client, string service)
{
    private readonly List<SeenChange> seen = [];
    private volatile bool caughtUp;

    /// <summary>Who follows.</summary>
    public SiteClient Client => client;

    /// <summary>The capture service.</summary>
    public string Service => service;

    /// <summary>Everything that was told, in its order.</summary>
    public IReadOnlyList<SeenChange> Seen
    {
        get
        {
            lock (seen)
            {
                return [.. seen];
            }
        }
    }

    private string Token => Seen is [.., var last] ? last.Token : "";

    /// <summary>Follows until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var failures = 0; !stop.IsCancellationRequested; failures++)
        {
            try
            {
                await foreach (var change in ReadAsync(Token, untilCaughtUp: false, stop))
                {
                    failures = 0;
                    Add(change);
                }
            }
            catch (Exception e) when (Attempts.IsOutage(e))
            {
                client.Learn(e, $"watching {service}");
                await client.PauseAsync(failures);
            }
        }
    }

    /// <summary>Reads a feed once, from a token to its end.</summary>
    /// <param name="token">The token; empty for the beginning.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<SeenChange>> ReadOnceAsync(string token, CancellationToken cancellation)
    {
        caughtUp = false;
        var changes = await ReadAsync(token, untilCaughtUp: true, cancellation).ToListAsync(cancellation);
        return caughtUp ? changes : throw new IOException($"The feed of {service} ended before it said that it had caught up.");
    }

    private void Add(SeenChange change)
    {
        lock (seen)
        {
            seen.Add(change);
        }

        if (client.Site.Length > 0 && change.Site != client.Site)
        {
            client.Complaints.Add($"{client.Name} was told of record {change.RecordId} of site {change.Site}");
        }
    }

    private async IAsyncEnumerable<SeenChange> ReadAsync(
        string token, bool untilCaughtUp, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new WatchRecordsRequest { ResumeToken = token, UntilCaughtUp = untilCaughtUp };
        await foreach (var (header, resumeToken, isCaughtUp) in client.WatchAsync(service, request, cancellation))
        {
            caughtUp |= isCaughtUp;
            if (header is not null)
            {
                yield return new(service, header.RecordId, header.Version, Convert.ToHexString(header.Hash.Span), header.Site, resumeToken);
            }
        }
    }
}

using System.Collections.Concurrent;
using Equecel.Enrolment.V1;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Directory;

/// <summary>Who takes part at a site, as Enrolment tells it; kept in memory as long as what is known of single participants.</summary>
internal sealed class SiteParticipants(EnrolmentService.EnrolmentServiceClient enrolment, TimeProvider time)
{
    // A larger site's list is asked for anew each time rather than held.
    private const int MaxKept = 5_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, (IReadOnlyList<ParticipantFacts> Facts, long Since)> kept = new();

    /// <summary>What is known of all participants of a site; none when the site is not known.</summary>
    /// <param name="site">Code of the site.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="RpcException">UNAVAILABLE: Enrolment cannot be reached.</exception>
    public async Task<IReadOnlyList<ParticipantFacts>> OfAsync(string site, CancellationToken cancellation)
    {
        if (kept.TryGetValue(site, out var known) && time.GetElapsedTime(known.Since) < KeptFor)
        {
            return known.Facts;
        }

        foreach (var old in kept.Where(entry => time.GetElapsedTime(entry.Value.Since) >= KeptFor))
        {
            kept.TryRemove(old);
        }

        var facts = await AskAsync(site, cancellation);
        if (facts.Count <= MaxKept)
        {
            kept[site] = (facts, time.GetTimestamp());
        }

        return facts;
    }

    private async Task<List<ParticipantFacts>> AskAsync(string site, CancellationToken cancellation)
    {
        try
        {
            using var call = enrolment.ListSiteParticipants(
                new ListSiteParticipantsRequest { Site = site },
                deadline: CallDeadline.NoLaterThan(time.GetUtcNow().UtcDateTime + Deadline),
                cancellationToken: cancellation);
            return await call.ResponseStream.ReadAllAsync(cancellation).ToListAsync(cancellation);
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw RpcError.DependencyDown("Enrolment, which knows the participants,", TimeSpan.FromSeconds(1));
        }
    }
}

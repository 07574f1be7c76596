using Equecel.Benchmarks.Running;
using Equecel.Client;

namespace Equecel.Benchmarks.Load;

/// <summary>Systems of both sites that save follow-ups one by one, each over connections of its own.</summary>
internal sealed class SavingSites : IDisposable
{
    private const int ChannelsPerSite = 4;

    private readonly (string Site, EquecelClient Client)[] channels;
    private int saves;

    /// <summary>Makes their channels.</summary>
    public SavingSites(PlatformProcess platform) =>
        channels = [.. Enumerable.Range(0, ChannelsPerSite).SelectMany(_ => SiteForms.Sites, (_, site) => (site, platform.NewClient($"site-{site}")))];

    /// <summary>Saves a follow-up of the next participant, later than all before: it raises no question.</summary>
    /// <param name="caller">Number of the caller; callers are spread over the channels.</param>
    /// <param name="cancellation">Cuts the call off.</param>
    public async Task SaveAsync(int caller, CancellationToken cancellation)
    {
        var (site, client) = channels[caller % channels.Length];
        var save = Interlocked.Increment(ref saves);
        await client.Enrolment.SubmitRecordAsync(
            SiteForms.FollowUp(site, 1 + (save % Plan.CohortParticipants), SiteForms.ArchiveDays + (save / Plan.CohortParticipants)), cancellationToken: cancellation);
    }

    /// <summary>Lists records of a participant.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public async Task ListAsync(int caller, CancellationToken cancellation)
    {
        var (site, client) = channels[caller % channels.Length];
        await client.Enrolment.ListRecordsAsync(new() { Participant = FormattableString.Invariant($"{site}-0000001") }, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, client) in channels)
        {
            client.Dispose();
        }
    }
}

using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Load;

/// <summary>Finds out how long after its acceptance a save shows in an answer.</summary>
/// <remarks>
/// One probe at a time: the infusion of a prospective participant, whom nobody else is like. From its acceptance the number of such participants is asked
/// for every five milliseconds until it has grown. Half of that and the time of one question are in what is measured.
/// </remarks>
internal static class VisibilityProbes
{
    private const string Site = "02";
    private const int MostProbes = 1000;

    /// <summary>Probes while something else goes on.</summary>
    /// <typeparam name="T">What comes of that.</typeparam>
    /// <param name="bench">The bench, with its study.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="meanwhile">What goes on; probing ends with it.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<(Latencies Probes, T Meanwhile)> ProbeAsync<T>(
        Bench bench, PlatformProcess platform, Func<Task<T>> meanwhile, CancellationToken cancellation)
    {
        var first = bench.TakeParticipants(MostProbes);
        await EnrolAsync(platform, first, cancellation);

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var probing = ProbeAsync(platform, first, done.Token, cancellation);
        var result = await meanwhile();
        await done.CancelAsync();
        return (await probing, result);
    }

    private static async Task EnrolAsync(PlatformProcess platform, int first, CancellationToken cancellation)
    {
        using var client = platform.NewClient($"site-{Site}");
        var rows = Enumerable.Range(first, MostProbes).Select(number => SiteForms.ProspectiveParticipation(Site, number));
        await Imports.CheckAsync(client.ImportAsync(rows.ToAsyncEnumerable(), null, cancellation));
    }

    private static async Task<Latencies> ProbeAsync(PlatformProcess platform, int first, CancellationToken done, CancellationToken cancellation)
    {
        using var client = platform.NewClient($"site-{Site}");
        using var team = new StudyTeam(platform);
        var latencies = new Latencies();
        var count = await team.CountProspectiveAsync(Site, cancellation);
        for (var number = first; number < first + MostProbes && !done.IsCancellationRequested; number++)
        {
            await client.Enrolment.SubmitRecordAsync(SiteForms.ProspectiveInfusion(Site, number), cancellationToken: cancellation);
            await latencies.TimeAsync(async () =>
            {
                while (await team.CountProspectiveAsync(Site, cancellation) <= count)
                {
                    await Task.Delay(5, cancellation);
                }
            });
            count++;
            await Task.Delay(10, cancellation);
        }

        return latencies;
    }
}

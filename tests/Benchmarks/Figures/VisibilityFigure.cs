using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>How long after its acceptance a save shows in an answer.</summary>
/// <remarks>
/// Beside saves at a fixed rate, one probe at a time: the infusion of a prospective participant, whom nobody else is like. From its acceptance the number
/// of such participants is asked for every five milliseconds until it has grown. Half of that and the time of one question are in what is measured.
/// </remarks>
internal sealed class VisibilityFigure() : Figure("visible", "from an accepted save to its being in an answer, at 50 and 500 saves a second")
{
    private const string Site = "02";
    private const int MostProbes = 1000;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        var rows = new List<ResultRow>();
        foreach (var (perSecond, target) in ((int, string)[])[(50, "p99 100 ms"), (500, "p99 250 ms")])
        {
            rows.Add(await MeasureAsync(bench, platform, perSecond, target, cancellation));
        }

        return rows;
    }

    private static async Task<ResultRow> MeasureAsync(
        Bench bench, PlatformProcess platform, int perSecond, string target, CancellationToken cancellation)
    {
        Progress.Say($"  at {perSecond}/s");
        var first = bench.TakeParticipants(MostProbes);
        await EnrolAsync(platform, first, cancellation);

        using var sites = new SavingSites(platform);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var probing = ProbeAsync(platform, first, done.Token, cancellation);
        var saves = await Loops.OpenAsync(perSecond, bench.Plan.OpenLoopTime, number => sites.SaveAsync(number, cancellation), cancellation);
        await done.CancelAsync();
        var probes = await probing;
        return new ResultRow($"save to visible at {perSecond}/s", probes.Text(), target, $"{probes.Count} probes; the saves: {saves.Text()}; ODK's event queue 21 s");
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

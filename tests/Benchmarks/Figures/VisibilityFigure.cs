using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>How long after its acceptance a save shows in an answer, while nothing else is saved and beside saves at fixed rates.</summary>
internal sealed class VisibilityFigure() : Figure("visible", "from an accepted save to its being in an answer: quiet, at 50 and at 500 saves a second")
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        return
        [
            await MeasureQuietAsync(bench, platform, cancellation),
            await MeasureAsync(bench, platform, 50, "p99 100 ms", cancellation),
            await MeasureAsync(bench, platform, 500, "p99 250 ms", cancellation),
        ];
    }

    private static async Task<ResultRow> MeasureQuietAsync(Bench bench, PlatformProcess platform, CancellationToken cancellation)
    {
        Progress.Say("  quiet");
        var (probes, _) = await VisibilityProbes.ProbeAsync(
            bench,
            platform,
            async () =>
            {
                await Task.Delay(bench.Plan.OpenLoopTime, cancellation);
                return true;
            },
            cancellation);
        return new ResultRow("save to visible, nothing else going on", probes.Text(), "", $"{probes.Count} probes");
    }

    private static async Task<ResultRow> MeasureAsync(
        Bench bench, PlatformProcess platform, int perSecond, string target, CancellationToken cancellation)
    {
        Progress.Say($"  at {perSecond}/s");
        using var sites = new SavingSites(platform);
        var (probes, saves) = await VisibilityProbes.ProbeAsync(
            bench,
            platform,
            () => Loops.OpenAsync(perSecond, bench.Plan.OpenLoopTime, number => sites.SaveAsync(number, cancellation), cancellation),
            cancellation);
        return new ResultRow($"save to visible at {perSecond}/s", probes.Text(), target, $"{probes.Count} probes; the saves: {saves.Text()}; ODK's event queue 21 s");
    }
}

using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;

namespace Equecel.Benchmarks.Figures;

/// <summary>A single save on a platform that has little to do.</summary>
internal sealed class UnloadedSaveFigure() : Figure("unloaded", "single save through the gateway at 50 a second")
{
    private const int PerSecond = 50;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        using var sites = new SavingSites(platform);

        Progress.Say("  warming up");
        await Loops.OpenAsync(PerSecond, bench.Plan.OpenLoopTime / 3, number => sites.SaveAsync(number, cancellation), cancellation);
        var latencies = await Loops.OpenAsync(PerSecond, bench.Plan.OpenLoopTime, number => sites.SaveAsync(number, cancellation), cancellation);
        return [new($"single save at {PerSecond}/s", latencies.Text(), "p99 10 ms", $"{latencies.Count} saves")];
    }
}

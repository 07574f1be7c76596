using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;

namespace Equecel.Benchmarks.Figures;

/// <summary>How long after its acceptance a save shows in an answer while both sites stream their archives. It leaves many participants behind.</summary>
internal sealed class VisibilityUnderImportFigure() : Figure("visible-import", "from an accepted save to its being in an answer, while two sites import")
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        var (probes, rows) = await VisibilityProbes.ProbeAsync(
            bench, platform, () => Imports.SendArchiveForAsync(bench, platform, bench.Plan.OpenLoopTime, cancellation), cancellation);
        return
        [
            new("save to visible under import", probes.Text(), "",
                FormattableString.Invariant($"{probes.Count} probes; beside it {rows / bench.Plan.OpenLoopTime.TotalSeconds:N0} rows/s from two sites")),
        ];
    }
}

using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;

namespace Equecel.Benchmarks.Figures;

/// <summary>The curve of a live cohort of 10,000, through the gateway.</summary>
/// <remarks>Each question has a confidence level of its own, so that none is answered from the cache; then one question is asked again and again.</remarks>
internal sealed class CurveOverGrpcFigure() : Figure("curve", "survival curve of a live cohort of 10,000 through the gateway, with all its points")
{
    private const double Level = 0.9;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        using var team = new StudyTeam(platform);
        for (var i = 1; i <= bench.Plan.QuestionCount / 4; i++)
        {
            await team.GetCurveAsync(Level - (i * 1e-6), cancellation);
        }

        var (asked, again) = (new Latencies(), new Latencies());
        var curve = await team.GetCurveAsync(Level, cancellation);
        for (var i = 1; i <= bench.Plan.QuestionCount; i++)
        {
            await asked.TimeAsync(() => team.GetCurveAsync(Level + (i * 1e-6), cancellation));
        }

        for (var i = 0; i < bench.Plan.QuestionCount; i++)
        {
            await again.TimeAsync(() => team.GetCurveAsync(Level, cancellation));
        }

        var stratum = curve.Strata[0];
        return
        [
            new("curve over gRPC, live cohort of 1e4", asked.Text(), "p99 5 ms",
                $"{stratum.ParticipantCount} participants, {stratum.Points.Count} points, {curve.CalculateSize() / 1024} KB an answer"),
            new("  asked again", again.Text(), "3 ms"),
        ];
    }
}

using Equecel.Analytics.V1;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>The survival answer of Analytics for a million participants, in this process: from request to serialised answer, and over gRPC.</summary>
/// <remarks>The cohort is made and not sent: to send a million participants takes longer than all else here. What the gateway adds shows at 10,000.</remarks>
internal sealed class LargeCohortFigure() : Figure("large-curve", "survival answer for a cohort of 1,000,000, in process and over gRPC")
{
    private const int Size = 1_000_000;
    private const int WarmUp = 5;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        await using var analytics = await AnalyticsInProcess.StartAsync(platform, "analyticsdb", new MadeCohort(Size).Table, cancellation);
        using var team = new StudyTeam(platform, analytics.Address);
        var count = 50 * bench.Plan.Repetitions;
        return
        [
            .. await MeasureAsync("in process", Grouping.Unspecified, count, 0.7, request => analytics.AskAsync(request, cancellation)),
            .. await MeasureAsync("over gRPC", Grouping.Unspecified, count, 0.8, request => team.AskAsync(request, cancellation)),
            .. await MeasureAsync("by provenance, over gRPC", Grouping.Provenance, count, 0.9, request => team.AskAsync(request, cancellation)),
        ];
    }

    // Each question has a level of its own, so that none is answered from what is kept; then it is asked again.
    private static async Task<ResultRow[]> MeasureAsync(string how, Grouping grouping, int count, double level, Func<GetSurvivalCurveRequest, Task> ask)
    {
        var (asked, again) = (new Latencies(), new Latencies());
        for (var i = 0; i < WarmUp + count; i++)
        {
            var request = new GetSurvivalCurveRequest { Endpoint = Endpoint.OverallSurvival, Grouping = grouping, ConfidenceLevel = level + (i * 1e-6) };
            if (i < WarmUp)
            {
                await ask(request);
                continue;
            }

            await asked.TimeAsync(() => ask(request));
            await again.TimeAsync(() => ask(request));
        }

        return
        [
            new($"survival answer, cohort of 1e6, {how}", asked.Text(), "p99 150 ms over gRPC", $"{asked.Count} questions"),
            new("  asked again", again.Text(), "3 ms"),
        ];
    }
}

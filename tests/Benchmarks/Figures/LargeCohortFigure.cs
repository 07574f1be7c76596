using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.V1;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Equecel.Benchmarks.Figures;

/// <summary>The survival answer of Analytics for a million participants, from request to serialised answer, in this process.</summary>
/// <remarks>Without the gateway and the network: to send a million participants takes longer than all else here. What those add shows at 10,000.</remarks>
internal sealed class LargeCohortFigure() : Figure("large-curve", "survival answer for a cohort of 1,000,000 as Analytics makes it, in process")
{
    private const int Size = 1_000_000;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var live = new LiveCohort();
        live.Load(new MadeCohort(Size).Table, CohortPosition.None);
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1");
        using var counter = new CurveCounter(live, new DossierReader(nowhere, []), NullLogger<CurveCounter>.Instance);
        using var answers = new SurvivalAnswers(
            live, new PastCohorts(new StoredCohort(nowhere, []), NullLogger<PastCohorts>.Instance), counter, TimeProvider.System);

        var (asked, again) = (new Latencies(), new Latencies());
        for (var i = 0; i < 5 + (10 * bench.Plan.Repetitions); i++)
        {
            var latencies = i < 5 ? new Latencies() : asked;
            await latencies.TimeAsync(() => AskAsync(answers, 0.9 + (i * 1e-6), cancellation));
            await again.TimeAsync(() => AskAsync(answers, 0.9 + (i * 1e-6), cancellation));
        }

        return
        [
            new("survival answer, cohort of 1e6, in process", asked.Text(), "p99 150 ms over gRPC", $"{asked.Count} questions"),
            new("  asked again", again.Text(), "3 ms"),
        ];
    }

    private static async Task AskAsync(SurvivalAnswers answers, double level, CancellationToken cancellation)
    {
        var request = new GetSurvivalCurveRequest { Endpoint = Endpoint.OverallSurvival, ConfidenceLevel = level };
        var answer = await answers.GetAsync(SurvivalQuestion.Parse(request, DateTimeOffset.UtcNow), cancellation);
        GC.KeepAlive(answer.ToByteString());
    }
}

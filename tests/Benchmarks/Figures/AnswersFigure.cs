using System.Diagnostics;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Benchmarks.Figures;

/// <summary>Each answer about a whole synthetic study: through the gateway at one size, and at growing sizes in this process, there also over gRPC.</summary>
/// <remarks>No question is asked twice: what is measured is made anew each time.</remarks>
internal sealed class AnswersFigure() : Figure("answers", "each answer about a whole synthetic study: through the gateway, and in process and over gRPC at growing sizes")
{
    private const string Scratch = "bench_answers";

    // Who took so long is not asked at ten times the size.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private int asked;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetWholeStudyAsync(cancellation);
        return [.. await MeasureThroughGatewayAsync(bench.Plan, platform, cancellation), .. await MeasureGrowthAsync(bench.Plan, platform, cancellation)];
    }

    private async Task<List<ResultRow>> MeasureThroughGatewayAsync(Plan plan, PlatformProcess platform, CancellationToken cancellation)
    {
        Progress.Say("  through the gateway");
        using var team = new StudyTeam(platform);
        var rows = new List<ResultRow>();
        foreach (var (name, request) in StudyAnswers.All)
        {
            Task AskAsync(int caller) => team.AskAsync(request(NextLevel()), cancellation);
            await Loops.ClosedAsync(1, plan.AnswerTime / 5, AskAsync, cancellation);
            var (latencies, _) = await Loops.ClosedAsync(1, plan.AnswerTime, AskAsync, cancellation);
            var text = FormattableString.Invariant($"{latencies.Text()}, at most {latencies.Percentile(1):0.0} ms");
            Progress.Say($"    {name}: {text}");
            rows.Add(new(
                FormattableString.Invariant($"{name}, through the gateway, {plan.StudyParticipants:N0} participants"), text, "", $"{latencies.Count} questions"));
        }

        return rows;
    }

    private async Task<List<ResultRow>> MeasureGrowthAsync(Plan plan, PlatformProcess platform, CancellationToken cancellation)
    {
        var postgres = await platform.GetPostgresAsync(cancellation);
        var (bytes, loads, derivations) = (new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>());
        List<AnswerTimes> answers = [.. StudyAnswers.All.Select(answer => new AnswerTimes(answer.Name, answer.Request))];
        var size = 0;
        foreach (var copies in plan.StudyCopies)
        {
            var before = size;
            size = copies * plan.StudyParticipants;
            Progress.Say(FormattableString.Invariant($"  in process, {size:N0} participants: filling a database"));
            await StudyCopies.CreateAsync(postgres, Scratch, copies, cancellation);
            Progress.Say("  loading the cohort");
            await using var analytics = await AnalyticsInProcess.StartAsync(platform, Scratch, made: null, cancellation);
            using var team = new StudyTeam(platform, analytics.Address);
            bytes.Add((size, analytics.CohortBytes));
            loads.Add((size, analytics.LoadTime.TotalMilliseconds));
            derivations.Add((size, analytics.DeriveTime.TotalMilliseconds));
            Progress.Say("  asking");
            foreach (var answer in answers.Where(answer => IsWithin(answer.InProcess, before)))
            {
                await AddTimeAsync(answer.InProcess, $"{answer.Name}, in process", () => analytics.AskAsync(answer.Request(NextLevel()), cancellation));
                await AddTimeAsync(answer.OverGrpc, $"{answer.Name}, over gRPC", () => team.AskAsync(answer.Request(NextLevel()), cancellation));
            }

            async Task AddTimeAsync(List<(double, double)> times, string what, Func<Task> ask)
            {
                var found = await FindTimeAsync(plan, isFirst: before == 0, ask);
                Progress.Say(found is null ? $"    {what}: no answer" : FormattableString.Invariant($"    {what}: {found:0.0} ms"));
                if (found is { } time)
                {
                    times.Add((size, time));
                }
            }
        }

        await postgres.DropAsync(Scratch, cancellation);
        return
        [
            .. answers.SelectMany(answer => new[]
            {
                TimeRow($"{answer.Name}, in process", answer.InProcess),
                TimeRow("  over gRPC", answer.OverGrpc),
            }),
            TimeRow("cohort of the whole study, loaded", loads),
            TimeRow("  what curves are of, derived then", derivations),
            BytesRow("cohort of the whole study, in memory", bytes),
        ];
    }

    private static bool IsWithin(List<(double Size, double Milliseconds)> times, int before) =>
        before == 0 || (times.Count > 0 && times[^1].Size == before && times[^1].Milliseconds < Longest.TotalMilliseconds);

    /// <returns>Milliseconds, the median of the repetitions; null when the database or the call's deadline ended it.</returns>
    private static async Task<double?> FindTimeAsync(Plan plan, bool isFirst, Func<Task> ask)
    {
        try
        {
            var start = Stopwatch.GetTimestamp();
            var times = new List<double>();
            do
            {
                times.Add(await TimeAsync(ask));
            }
            while (Stopwatch.GetElapsedTime(start) < plan.AnswerTime / 5);

            // Those were to warm up, unless the answer is warm since a smaller size and takes long anyhow.
            if (isFirst || times[0] < Longest.TotalMilliseconds)
            {
                times.Clear();
                for (var i = 0; i < plan.Repetitions; i++)
                {
                    times.Add(await TimeAsync(ask));
                }
            }

            return Spread.Of(times).Median;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return null;
        }
    }

    private static async Task<double> TimeAsync(Func<Task> ask)
    {
        var start = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static ResultRow TimeRow(string figure, List<(double Size, double Milliseconds)> times) => times.Count == 0
        ? new(figure, "no answer")
        : new(
            figure,
            string.Join(", ", times.Select(one => FormattableString.Invariant($"{one.Size:N0}: {one.Milliseconds:0.0} ms"))), "",
            $"{string.Join(", ", times.Select(one => FormattableString.Invariant($"{1000 * one.Milliseconds / one.Size:0.0}")))} µs a participant; {Growth.Text(times)}");

    private static ResultRow BytesRow(string figure, List<(double Size, double Bytes)> bytes) => new(
        figure,
        string.Join(", ", bytes.Select(one => FormattableString.Invariant($"{one.Size:N0}: {one.Bytes / one.Size:N0} B a participant"))), "",
        Growth.Text(bytes));

    // None that was asked before.
    private double NextLevel() => 0.9 + (++asked * 1e-6);

    private sealed record AnswerTimes(string Name, Func<double, IMessage> Request)
    {
        public List<(double Size, double Milliseconds)> InProcess { get; } = [];

        public List<(double Size, double Milliseconds)> OverGrpc { get; } = [];
    }
}

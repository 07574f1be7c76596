using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;
using Grpc.Core;
using Npgsql;

namespace Equecel.Benchmarks.Figures;

/// <summary>Calls that their callers give up on, and what is left of them.</summary>
internal sealed class CutOffCallsFigure() : Figure("cut-off", "calls cut off by their callers after 0 to 20 ms, and what they leave behind")
{
    private const int InFlight = 32;
    private const double LongestMilliseconds = 20;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        var postgres = await platform.GetPostgresAsync(cancellation);
        var failuresBefore = platform.ReadLoggedFailures();
        var (answered, cutOff, failed) = await CutOffAsync(platform, bench.Plan.CutOffCallCount, cancellation);

        await Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        var (sessions, stuck) = await CountSessionsAsync(postgres, cancellation);
        using var sites = new SavingSites(platform);
        var next = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, 2 * InFlight).Select(caller => next.TimeAsync(() => sites.SaveAsync(caller, cancellation))));
        var failures = platform.ReadLoggedFailures().Except(failuresBefore).ToList();
        failures.ForEach(failure => Progress.Say($"  {failure}"));
        return
        [
            new($"{bench.Plan.CutOffCallCount} calls cut off", $"{stuck} connections left busy, {failed} other errors", "0, 0",
                $"{cutOff} cut off, {answered} answered before; {sessions} sessions, pools hold 12 each; ODK leaks until it fails"),
            new($"  {next.Count} calls after it, all at once", next.Text(), "no error", $"lines of failure in the logs: {failures.Count}"),
        ];
    }

    private static async Task<(int Answered, int CutOff, int Failed)> CutOffAsync(PlatformProcess platform, int count, CancellationToken cancellation)
    {
        using var sites = new SavingSites(platform);
        using var team = new StudyTeam(platform);
        var (begun, answered, cutOff, failed) = (0, 0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async caller =>
        {
            var dice = new Dice((ulong)caller);
            while (Interlocked.Increment(ref begun) <= count)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(TimeSpan.FromMilliseconds(dice.NextShare() * LongestMilliseconds));
                try
                {
                    await (dice.Next(4) switch
                    {
                        0 => sites.ListAsync(caller, limit.Token),
                        1 => team.GetCurveAsync(0.5 + (dice.NextShare() / 4), limit.Token),
                        _ => sites.SaveAsync(caller, limit.Token),
                    });
                    Interlocked.Increment(ref answered);
                }
                catch (Exception e) when (e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
                {
                    cancellation.ThrowIfCancellationRequested();
                    Interlocked.Increment(ref cutOff);
                }
                catch (RpcException e)
                {
                    Interlocked.Increment(ref failed);
                    Progress.Say($"  {e.Status}");
                }
            }
        }));
        return (answered, cutOff, failed);
    }

    private static async Task<(long Sessions, long Stuck)> CountSessionsAsync(PostgresServer postgres, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenAsync("postgres", cancellation);
        await using var command = new NpgsqlCommand(
            """
            select count(*), count(*) filter (where state is distinct from 'idle' and state_change < clock_timestamp() - interval '1 second')
            from pg_stat_activity where backend_type = 'client backend' and datname in ('enrolmentdb', 'assessmentdb', 'safetydb', 'questionnairedb', 'analyticsdb')
            """,
            connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt64(0), row.GetInt64(1));
    }
}

using System.Globalization;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>Single saves, as many as the platform takes, beside what its PostgreSQL server does without it.</summary>
internal sealed class SaturatedSaveFigure() : Figure("saturated", "single saves through the gateway, 32 in flight, against pgbench on the same server")
{
    private const int InFlight = 32;
    private const string Scratch = "bench_saves";

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        var postgres = await platform.GetPostgresAsync(cancellation);
        var resources = await platform.WaitUntilReadyAsync(cancellation);
        using var sites = new SavingSites(platform);
        Task Save(int caller) => sites.SaveAsync(caller, cancellation);

        Progress.Say("  warming up");
        await Loops.ClosedAsync(InFlight, bench.Plan.LoadTime / 3, Save, cancellation);
        var saveScript = await PgbenchScripts.SaveAsync(postgres, cancellation);
        await CreateTablesAsync(postgres, cancellation);

        var (rates, medians, tails, singles, journals) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var usage = new CpuUse(resources);
        var saves = 0L;
        for (var i = 0; i < bench.Plan.Repetitions; i++)
        {
            Progress.Say("  saves");
            usage.Begin();
            var (latencies, perSecond) = await Loops.ClosedAsync(InFlight, bench.Plan.LoadTime, Save, cancellation);
            usage.End();
            saves += latencies.Count;
            rates.Add(perSecond);
            medians.Add(latencies.Percentile(0.5));
            tails.Add(latencies.Percentile(0.99));

            Progress.Say("  pgbench");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            singles.Add(await Pgbench.RunAsync(postgres, Scratch, PgbenchScripts.SingleRow, bench.Plan.ServerTime, cancellation));
            journals.Add(await Pgbench.RunAsync(postgres, Scratch, saveScript, bench.Plan.ServerTime, cancellation));
        }

        await postgres.DropAsync(Scratch, cancellation);
        var (rate, single, journal) = (Spread.Of(rates), Spread.Of(singles), Spread.Of(journals));
        return
        [
            new($"single save, {InFlight} in flight", $"{rate.Text("N0")} saves/s", "2,000/s", "ODK Central 180/s, Go FHIR server 600/s"),
            new("  its time", $"p50 {Spread.Of(medians).Text("0.0")} ms, p99 {Spread.Of(tails).Text("0.0")} ms", "p99 50 ms"),
            new("  its processor time, all processes but the sender", $"{Number(usage.PlatformMilliseconds / saves)} ms/save", "0.85 ms",
                usage.Text(saves)),
            new("  against pgbench, journal + record by the service's statement", $"{Number(rate.Median / journal.Median)}", "0.3", $"{journal.Text("N0")}/s"),
            new("  against pgbench, one row", $"{Number(rate.Median / single.Median)}", "", $"{single.Text("N0")}/s"),
        ];
    }

    private static async Task CreateTablesAsync(PostgresServer postgres, CancellationToken cancellation)
    {
        await postgres.CreateAsync(Scratch, cancellation);
        await postgres.ExecuteAsync(Scratch, PgbenchScripts.SingleRowTable, cancellation);
        await postgres.ExecuteAsync(Scratch, RecordTables.Schema, cancellation);
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}

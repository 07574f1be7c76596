using System.Diagnostics;
using System.Globalization;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>What saves notice of a broker that is away, and how soon after its return Analytics has everything.</summary>
/// <remarks>
/// The broker is killed and kept from starting again before it listens, so that connections are refused. Analytics has everything when its answers are
/// made of as many versions as the journals hold. The load goes on all the while, before the outage for as long as during it: the slowest saves are
/// those beside a checkpoint of the database, of which a short time may have none.
/// </remarks>
internal sealed class BrokerOutageFigure() : Figure("outage", "saves before, during and after an outage of the broker, and when the lag is gone")
{
    private const int PerSecond = 200;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetStudyAsync(cancellation);
        using var sites = new SavingSites(platform);
        Task<Latencies> SaveAsync(TimeSpan time) => Loops.OpenAsync(PerSecond, time, number => sites.SaveAsync(number, cancellation), cancellation);

        Progress.Say($"  with the broker, for {bench.Plan.OutageTime}");
        await SaveAsync(bench.Plan.OpenLoopTime / 3);
        var before = await SaveAsync(bench.Plan.OutageTime);

        Progress.Say($"  without it, for {bench.Plan.OutageTime}");
        var postgres = await platform.GetPostgresAsync(cancellation);
        var broker = await TakeAwayAsync(platform, cancellation);
        var during = await SaveAsync(bench.Plan.OutageTime);

        Progress.Say("  after its return");
        using var team = new StudyTeam(platform);
        var saved = await postgres.CountVersionsAsync(cancellation);
        var returned = Stopwatch.StartNew();
        await ProcessTree.SignalAsync(broker, "CONT");
        var saving = SaveAsync(bench.Plan.OpenLoopTime);
        await platform.WaitUntilReadyAsync(cancellation);
        var up = returned.Elapsed;
        await team.WaitForVersionsAsync(saved, cancellation);
        var caughtUp = returned.Elapsed;
        var after = await saving;

        return
        [
            new($"saves at {PerSecond}/s with the broker, for {bench.Plan.OutageTime}", before.Text(), "", $"{before.Count} saves"),
            new("the same without it, for as long", during.Text(), "as with it", $"{during.Count} saves; p99 {during.Percentile(0.99) / before.Percentile(0.99):0.00} of that with the broker"),
            new("the same after its return", after.Text(), "", $"{after.Count} saves"),
            new("lag gone after the broker's return", string.Create(CultureInfo.InvariantCulture, $"{caughtUp.TotalSeconds:0.0} s"), "a minute or two",
                string.Create(CultureInfo.InvariantCulture, $"{during.Count} versions were waiting; the broker itself took {up.TotalSeconds:0.0} s to start")),
        ];
    }

    /// <returns>Process id of the broker that is kept from starting.</returns>
    private static async Task<int> TakeAwayAsync(PlatformProcess platform, CancellationToken cancellation)
    {
        var running = (await platform.WaitUntilReadyAsync(cancellation))["messaging"].Pid!.Value;
        await ProcessTree.SignalAsync(running, "KILL");
        while (true)
        {
            if ((await platform.FindResourcesAsync(cancellation))?["messaging"].Pid is { } next && next != running)
            {
                await ProcessTree.SignalAsync(next, "STOP");
                return next;
            }

            await Task.Delay(10, cancellation);
        }
    }
}

using System.Globalization;
using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;
using Grpc.Core;

namespace Equecel.Benchmarks.Figures;

/// <summary>How long the platform takes to start, from nothing and with servers that were initialised before.</summary>
internal sealed class StartFigure() : Figure("start", "start of the platform, and the first durable save through the gateway")
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        Progress.Say("  from nothing");
        IReadOnlyList<ResultRow> fromNothing;
        await using (var first = PlatformProcess.Launch(bench.Home))
        {
            fromNothing = await MeasureAsync(first, "01", "start from nothing", "8.5 s", cancellation);
        }

        Progress.Say("  with servers that were initialised before");
        var second = PlatformProcess.Launch(bench.Home);
        bench.Use(second);
        return [.. fromNothing, .. await MeasureAsync(second, "02", "start, servers initialised", "", cancellation)];
    }

    private static async Task<IReadOnlyList<ResultRow>> MeasureAsync(
        PlatformProcess platform, string site, string figure, string target, CancellationToken cancellation)
    {
        var firstSave = await SaveFirstAsync(platform, site, cancellation);
        var resources = await platform.WaitUntilReadyAsync(cancellation);
        var allReady = platform.Clock.Elapsed;

        // The AppHost's clock starts after its own runtime has; the difference is shown by both totals.
        double ReadyAfter(string name) => resources[name].ReadyAfterSeconds!.Value;
        var servers = Math.Max(ReadyAfter("postgres"), ReadyAfter("cache"));
        var services = resources.Services.Max(service => service.ReadyAfterSeconds!.Value);
        var each = resources.Processes.OrderBy(resource => resource.ReadyAfterSeconds)
            .Select(resource => string.Create(CultureInfo.InvariantCulture, $"{resource.Name} {resource.ReadyAfterSeconds:0.0}"));
        return
        [
            new($"{figure}: everything ready", Seconds(allReady.TotalSeconds), target, $"ready after: {string.Join(", ", each)}"),
            new($"{figure}: services ready after PostgreSQL and Redis are", Seconds(services - servers), "3 s"),
            new($"{figure}: first durable save", Seconds(firstSave.TotalSeconds), "3 s",
                $"{(firstSave.TotalSeconds < ReadyAfter("messaging") ? "before" : "after")} the broker at {Seconds(ReadyAfter("messaging"))}"),
        ];
    }

    private static async Task<TimeSpan> SaveFirstAsync(PlatformProcess platform, string site, CancellationToken cancellation)
    {
        while (true)
        {
            // A client of its own each time: none that has seen a failure waits longer before the next.
            using var client = platform.NewClient($"site-{site}");
            try
            {
                await client.Enrolment.SubmitRecordAsync(SiteForms.Site(site), cancellationToken: cancellation);
                return platform.Clock.Elapsed;
            }
            catch (Exception e) when (e is RpcException { StatusCode: not StatusCode.Cancelled and not StatusCode.InvalidArgument } or HttpRequestException)
            {
                if (platform.Clock.Elapsed > TimeSpan.FromMinutes(2))
                {
                    throw;
                }

                await Task.Delay(20, cancellation);
            }
        }
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
}

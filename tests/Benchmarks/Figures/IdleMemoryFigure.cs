using System.Globalization;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks.Figures;

/// <summary>Memory of the services while nobody calls.</summary>
internal sealed class IdleMemoryFigure() : Figure("idle", "memory (proportional set size) of each service while nobody calls")
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation)
    {
        var platform = await bench.GetPlatformAsync(cancellation);
        await Task.Delay(bench.Plan.SettleTime, cancellation);

        var resources = await platform.WaitUntilReadyAsync(cancellation);
        var services = resources.Services.Select(Measure).ToList();
        var servers = resources.Processes.Except(resources.Services).Select(Measure);
        return
        [
            .. services.Select(service => new ResultRow($"idle memory: {service.Name}", Megabytes(service.Pss), "60 MB")),
            new("idle memory: all services", Megabytes(services.Sum(service => service.Pss)), "400 MB",
                $"ODK Central 428 MB; beside it: {string.Join(", ", servers.Select(server => $"{server.Name} {Megabytes(server.Pss)}"))}"),
        ];
    }

    private static (string Name, double Pss) Measure(PlatformResource resource) => (resource.Name, ProcessTree.PssMegabytes(resource.Pid!.Value));

    private static string Megabytes(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} MB");
}

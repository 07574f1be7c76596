using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Equecel.Records.Relaying;

/// <summary>How the relay fares, for metrics and the health page. Saves work without it, so it never makes a service unready.</summary>
internal sealed class RelayState : IHealthCheck, IDisposable
{
    private readonly Meter meter = new("Equecel.Records");
    private readonly Counter<long> published;
    private long publishedCount;
    private volatile string? failure = "not connected yet";

    public RelayState() => published = meter.CreateCounter<long>("equecel.relay.published", description: "Journal rows published and confirmed.");

    /// <summary>Rows published since the start.</summary>
    public long PublishedCount => Interlocked.Read(ref publishedCount);

    public void Published(int count)
    {
        Interlocked.Add(ref publishedCount, count);
        published.Add(count);
    }

    public void Running() => failure = null;

    public void Failed(string why) => failure = why;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        failure is null ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"The relay does not publish: {failure}. Saves go on."));

    public void Dispose() => meter.Dispose();
}

using Equecel.Analytics.Cohort;
using Equecel.Analytics.Ingestion;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Equecel.Analytics.Operations;

/// <summary>Looks every few seconds at what is parked and for holes, and shows on the health page what an operator should look into.</summary>
internal sealed class IngestionWatch(
    ParkedMessages parked, Holes holes, LiveCohort live, IngestionState state, TimeProvider time, ILogger<IngestionWatch> logger) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var alarms = IngestionAlarms.Of(state.Figures, time.GetUtcNow());
        return Task.FromResult(alarms.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', alarms)));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Looking after the stored versions failed: {Reason}", BackgroundFailure.Count("watch", e));
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var (count, oldest) = await parked.CountAsync(stopping);
        state.Change(figures => figures with { ParkedCount = count, OldestParkedTime = oldest });

        var open = await holes.MendAsync(stopping);
        state.Change(figures => figures with { HoleCount = open });
    }
}

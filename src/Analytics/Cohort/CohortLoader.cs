using Equecel.Analytics.Ingestion;
using Equecel.Audit;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Equecel.Analytics.Cohort;

/// <summary>
/// Prepares the database and loads the cohort from it, however late the database comes. Ready for questions from then on. A database
/// that lets this service not in ends the start.
/// </summary>
internal sealed class CohortLoader(AnalyticsSchema schema, StoredCohort stored, LiveCohort live, IHostApplicationLifetime lifetime, ILogger<CohortLoader> logger)
    : BackgroundService, IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(live.Loaded.IsCompleted ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The cohort is not loaded."));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await PrepareAsync(stoppingToken))
                {
                    return;
                }

                var (table, position) = await stored.LoadAsync(asOf: null, stoppingToken);
                live.Load(table, position);
                logger.LogInformation("Loaded {Participants} participants from {Versions} versions", table.Columns.Count, position.VersionCount);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("The cohort cannot be loaded from the database ({Reason}). Trying again", BackgroundFailure.Count("cohort", e));
                await Task.Delay(backoff.Next(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False when the database refuses this service, which ends.</returns>
    private async Task<bool> PrepareAsync(CancellationToken stopping)
    {
        try
        {
            await schema.CreateAsync(stopping);
            return true;
        }
        catch (Exception e) when (lifetime.Ends(e, AnalyticsDatabase.Name, schema.Migration))
        {
            return false;
        }
    }
}

using Equecel.Analytics.Ingestion;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Equecel.Analytics.Cohort;

/// <summary>Prepares the database and loads the cohort from it, however late the database comes. Ready for questions from then on.</summary>
internal sealed class CohortLoader(AnalyticsSchema schema, StoredCohort stored, LiveCohort live, ILogger<CohortLoader> logger)
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
                await schema.CreateAsync(stoppingToken);
                var (table, position) = await stored.LoadAsync(asOf: null, stoppingToken);
                live.Load(table, position);
                logger.LogInformation("Loaded {Participants} participants from {Versions} versions", table.Columns.Count, position.VersionCount);
                return;
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning("The database cannot be used ({SqlState}). Trying again", e.SqlState);
                await Task.Delay(backoff.Next(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

using Equecel.Analytics.Cohort;
using Equecel.ServiceDefaults;

namespace Equecel.Analytics.Ingestion;

/// <summary>Loads the cohort anew when something was stored that could not be applied to it, until that succeeds. Nothing is taken in while it loads.</summary>
internal sealed class CohortMender(
    LiveCohort live, StoredCohort stored, Ingestor ingestor, IngestionState state, TimeProvider time, ILogger<CohortMender> logger) : BackgroundService
{
    // A cohort that falls behind again and again is not read out of the database without a pause.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await live.WaitUntilBehindAsync(stoppingToken);
            await MendAsync(stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task MendAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                await ingestor.AloneAsync(() => LoadAsync(stopping), stopping);
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                logger.LogError("The cohort cannot be loaded anew: {Failure}. It stays where it was; trying again", BackgroundFailure.Count("cohort", e));
                await Task.Delay(backoff.Next(), time, stopping);
            }
        }
    }

    private async Task<CohortPosition> LoadAsync(CancellationToken stopping)
    {
        // A rebuild may have loaded it meanwhile.
        if (live.IsBehind)
        {
            var (table, position) = await stored.LoadAsync(asOf: null, stopping);
            live.Load(table, position);
            logger.LogInformation("Loaded the cohort anew: {Participants} participants from {Versions} versions", table.Columns.Count, position.VersionCount);
        }

        state.Change(figures => figures with { CohortBehindSince = null });
        return live.Position;
    }
}

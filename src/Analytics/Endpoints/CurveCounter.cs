using System.Threading.Channels;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.ServiceDefaults;
using Npgsql;

namespace Equecel.Analytics.Endpoints;

/// <summary>
/// Counts what curves are of. Now and without a cut-off it does so from columns in memory: participants of whom something was taken
/// in are derived anew before the next question is answered, the whole study after the cohort was loaded. Else it reads the dossiers.
/// </summary>
internal sealed class CurveCounter(LiveCohort live, DossierReader dossiers, ILogger<CurveCounter> logger) : BackgroundService
{
    private const int BatchSize = 500;

    // More than these are left to the background, and the question is answered from the dossiers.
    private const int MostForQuestion = 4 * BatchSize;

    // While much is taken in, something is due again each time that it was derived.
    private const int MaxAttempts = 20;

    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Counts.</summary>
    /// <param name="scope">Whom the curve is about.</param>
    /// <param name="asOf">The instant that it is as of; null for now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE while the cohort is not loaded or the database is down.</exception>
    public Task<CountedCurve> CountAsync(CurveScope scope, DateTimeOffset? asOf, CancellationToken cancellation) => AnalyticsDatabase.AskAsync(async () =>
    {
        // Versions that come late belong to past instants as well, so every change of the live cohort makes old answers old.
        var revision = live.Revision ?? throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
        if (asOf is null && scope.Cutoff is null && await FindInColumnsAsync(scope, cancellation) is { } found)
        {
            return found;
        }

        await using var moment = await dossiers.OpenAsync(asOf, cancellation);
        return new CountedCurve(await CurveCounts.OfAsync(moment.ReadAsync(scope.Population.Sites, cancellation), scope), moment.Position, revision);
    });

    /// <inheritdoc/>
    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }

    /// <summary>Counts from the columns.</summary>
    /// <param name="scope">Whom the curve is about, without a cut-off.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null while too much is to be derived anew.</returns>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<CountedCurve?> FindInColumnsAsync(CurveScope scope, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (live.TryRead(asOf: null, cohort => Count(cohort, scope), out var counted))
            {
                return counted;
            }

            if (live.DueCount > MostForQuestion)
            {
                wake.Writer.TryWrite(true);
                return null;
            }

            await DeriveAsync(cancellation);
        }

        return null;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (live.DueCount > BatchSize && await DeriveAsync(stoppingToken) > 0)
                {
                    backoff.Reset();
                }

                if (live.DueCount > MostForQuestion)
                {
                    await Task.Delay(backoff.Next(), stoppingToken);
                }
                else
                {
                    await wake.Reader.ReadAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, questions are answered from the dossiers meanwhile.
                logger.LogWarning("Endpoints cannot be derived: {Reason}. Trying again", BackgroundFailure.Count("endpoints", e));
                await Task.Delay(backoff.Next(), stoppingToken);
            }
        }
    }

    private static CountedCurve? Count(CohortState cohort, CurveScope scope) => cohort.Endpoints is { } endpoints
        ? new CountedCurve(CurveCounts.Of(endpoints, scope), cohort.Position, cohort.Revision)
        : null;

    /// <summary>Derives some participants that are due.</summary>
    /// <returns>How many are not due any more.</returns>
    private async Task<int> DeriveAsync(CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            var participants = live.TakeDue(BatchSize);
            if (participants.Count == 0)
            {
                return 0;
            }

            List<EndpointRow> rows = [];
            int count;
            try
            {
                rows = (await dossiers.ReadWithoutQueriesAsync(participants, cancellation)).ConvertAll(EndpointRow.Derive);
            }
            finally
            {
                // Who could not be derived is due again.
                count = live.Derived(rows);
            }

            return count;
        }
        finally
        {
            oneAtATime.Release();
        }
    }
}

/// <summary>What was counted for a curve.</summary>
/// <param name="Counts">The counts.</param>
/// <param name="Position">The data that was counted.</param>
/// <param name="Revision">A state of the live cohort not later than that data.</param>
internal sealed record CountedCurve(CurveCounts Counts, CohortPosition Position, CohortRevision Revision);

using Equecel.Analytics.Cohort;
using Equecel.ServiceDefaults;
using Npgsql;

namespace Equecel.Analytics.Ingestion;

/// <summary>Takes in what arrives from the queue and the feeds: first the database, then the cohort.</summary>
internal sealed class Ingestor(
    VersionStore store, LiveCohort live, PastCohorts past, IngestionMetrics metrics, IngestionState state, TimeProvider time, ILogger<Ingestor> logger)
    : IDisposable
{
    // A message that fails by itself so often is not stored.
    private const int MaxAttempts = 5;

    // Whoever sent the batch has it still, and can keep it better than we.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim oneAtATime = new(1);

    // What was given up and may have been committed all the same. It is saved again with the next batch, which does no harm.
    private readonly Dictionary<(Guid, int), Arrival> givenUp = [];

    // Whether a batch may have been committed without our knowing, and so be missing in the cohort.
    private bool isInDoubt;

    /// <summary>Takes in a batch. Returns when it is stored for good. A database that is away is waited for, up to half a minute.</summary>
    /// <param name="arrivals">The batch.</param>
    /// <param name="position">The feed's position after the batch; null when it came from the queue.</param>
    /// <param name="stopping">Gives up waiting for the database; the batch arrives again after the next start.</param>
    /// <exception cref="NpgsqlException">The database stayed away. The batch must come again.</exception>
    public async Task TakeAsync(IReadOnlyList<Arrival> arrivals, FeedPosition? position, CancellationToken stopping)
    {
        await oneAtATime.WaitAsync(stopping);
        try
        {
            IReadOnlyList<Arrival> all = givenUp.Count == 0 ? arrivals : [.. givenUp.Values, .. arrivals];
            if (!await TrySaveAsync(all, position, stopping))
            {
                // One of them is at fault: the others must not wait for it.
                foreach (var arrival in all)
                {
                    await TakeAloneAsync(arrival, stopping);
                }

                await TrySaveAsync([], position, stopping);
            }

            givenUp.Clear();
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException && isInDoubt)
        {
            foreach (var arrival in arrivals.Where(arrival => arrival.Version is not null))
            {
                givenUp[(arrival.Version!.RecordId, arrival.Version.Version)] = arrival;
            }

            throw;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Does something while nothing is taken in.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="action">What is done.</param>
    /// <param name="stopping">Gives up waiting for its turn.</param>
    public async Task<T> AloneAsync<T>(Func<Task<T>> action, CancellationToken stopping)
    {
        await oneAtATime.WaitAsync(stopping);
        try
        {
            return await action();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    private async Task TakeAloneAsync(Arrival arrival, CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));
        for (var attempt = 1; attempt < MaxAttempts; attempt++)
        {
            if (await TrySaveAsync([arrival], position: null, stopping))
            {
                return;
            }

            await Task.Delay(backoff.Next(), time, stopping);
        }

        await TrySaveAsync([arrival with { Fault = "cannot be stored" }], position: null, stopping);
    }

    /// <returns>False when the data cannot be stored; a database that is away is waited for.</returns>
    private async Task<bool> TrySaveAsync(IReadOnlyList<Arrival> arrivals, FeedPosition? position, CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                var saved = await store.SaveAsync(arrivals, position, recount: isInDoubt);
                Apply(saved);
                return true;
            }
            catch (PostgresException e) when (IsAboutTheData(e))
            {
                logger.LogWarning("A batch of {Count} cannot be stored: {SqlState} {Constraint}", arrivals.Count, e.SqlState, e.ConstraintName);
                return false;
            }
            catch (Exception e) when (e is not NpgsqlException && !stopping.IsCancellationRequested)
            {
                // It may have been committed all the same.
                FallBehind(e);
                throw;
            }
            catch (NpgsqlException e)
            {
                isInDoubt = true;
                state.Change(figures => figures with { DatabaseAwaySince = figures.DatabaseAwaySince ?? time.GetUtcNow() });
                logger.LogWarning("The database cannot be used ({SqlState}); {Count} messages wait", e.SqlState, arrivals.Count);
                if (time.GetElapsedTime(start) > Patience)
                {
                    throw;
                }

                await Task.Delay(backoff.Next(), time, stopping);
            }
        }
    }

    private void Apply(SavedBatch saved)
    {
        var news = isInDoubt ? [.. saved.New, .. saved.Repeats] : saved.New;
        List<RecordVersion> changed = [.. news, .. saved.Repeats.Where(version => version.IsRedacted)];
        try
        {
            past.Forget(changed.Select(version => version.SaveTime));
            if (changed.Count > 0)
            {
                var now = time.GetUtcNow();
                var position = saved.Counted ?? news.Aggregate(live.Position, (at, version) => at.After(version.Service, version.SaveTime, now));
                live.Apply(changed.Select(version => version.Change).OfType<CohortChange>(), position);
            }
        }
        catch (Exception e)
        {
            // It is stored for good, so nobody sends it again: the cohort gets it from there.
            FallBehind(e);
        }

        if (isInDoubt)
        {
            state.Change(figures => figures with { DatabaseAwaySince = null });
        }

        isInDoubt = false;
        metrics.Took(saved, live.Position);
    }

    private void FallBehind(Exception e)
    {
        live.FallBehind();
        state.Change(figures => figures with { CohortBehindSince = figures.CohortBehindSince ?? time.GetUtcNow() });
        logger.LogError("What was stored could not be applied to the cohort: {Failure}. It is loaded anew", BackgroundFailure.Count("cohort", e));
    }

    // Data exceptions and broken constraints; everything else is the database's trouble and passes.
    internal static bool IsAboutTheData(PostgresException e) => e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal);
}

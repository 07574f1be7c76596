using Equecel.ServiceDefaults;
using Npgsql;

namespace Equecel.Analytics.Cohort;

/// <summary>The cohort as it was at past instants, rebuilt from the stored versions. The last few are kept.</summary>
internal sealed class PastCohorts(StoredCohort stored, ILogger<PastCohorts> logger) : IDisposable
{
    private const int MaxKept = 4;

    private readonly Lock turn = new();

    // A cohort that is being built takes several times the memory of one that is.
    private readonly SemaphoreSlim building = new(1);
    private readonly List<(DateTimeOffset AsOf, Task<CohortState> Cohort)> kept = [];
    private long built;

    /// <summary>The cohort of an instant.</summary>
    /// <param name="asOf">The instant.</param>
    /// <param name="cancellation">Ends the wait; the cohort is built all the same, for the next who asks.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database is down.</exception>
    public async Task<CohortState> GetAsync(DateTimeOffset asOf, CancellationToken cancellation)
    {
        try
        {
            return await Find(asOf).WaitAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning("The cohort as of {AsOf} cannot be built: {SqlState}", asOf, e.SqlState);
            throw RpcError.DependencyDown("The database of Analytics", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Forgets the cohorts that versions now taken in belong to.</summary>
    /// <param name="saveTimes">When the versions were saved.</param>
    public void Forget(IEnumerable<DateTimeOffset> saveTimes)
    {
        lock (turn)
        {
            if (kept.Count > 0)
            {
                var first = saveTimes.DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
                kept.RemoveAll(one => one.AsOf >= first);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => building.Dispose();

    private Task<CohortState> Find(DateTimeOffset asOf)
    {
        lock (turn)
        {
            var known = kept.FindIndex(one => one.AsOf == asOf && !one.Cohort.IsFaulted);
            var cohort = known < 0 ? BuildAsync(asOf, ++built) : kept[known].Cohort;

            // The last asked for stays longest.
            kept.RemoveAll(one => one.AsOf == asOf);
            kept.Add((asOf, cohort));
            if (kept.Count > MaxKept)
            {
                kept.RemoveAt(0);
            }

            return cohort;
        }
    }

    private async Task<CohortState> BuildAsync(DateTimeOffset asOf, long number)
    {
        await building.WaitAsync();
        try
        {
            // Elsewhere, since the caller holds a lock.
            var (table, position) = await Task.Run(() => stored.LoadAsync(asOf, CancellationToken.None));
            return new CohortState(table.Columns, position, new CohortRevision(number, 0));
        }
        finally
        {
            building.Release();
        }
    }
}

using Equecel.Analytics.Cohort;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using State = Equecel.Analytics.V1.RebuildProgress.Types.State;

namespace Equecel.Analytics.Operations;

/// <summary>
/// Builds everything that is stored anew from the services' feeds, beside what is there, which serves until the new takes its place.
/// A rebuild that a restart cut off goes on from where its own tables are.
/// </summary>
internal sealed class Rebuild(
    string connectionString, RebuildTables tables, IEnumerable<CaptureService> services, FeedReading reading, FeedReaders feeds, Ingestor ingestor, StoredCohort stored, LiveCohort live, PastCohorts past,
    TimeProvider time, ILogger<Rebuild> logger) : BackgroundService
{
    private readonly SemaphoreSlim asked = new(0, 1);
    private RebuildProgress? progress;
    private long readCount;

    /// <summary>The rebuild that runs; null while none does.</summary>
    public RebuildProgress? Running => Volatile.Read(ref progress) is { } running
        ? new RebuildProgress(running) { ReadCount = Interlocked.Read(ref readCount) }
        : null;

    /// <summary>Begins a rebuild, unless one runs.</summary>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref progress, Starting(), null) is null)
        {
            asked.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        asked.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await live.Loaded.WaitAsync(stoppingToken);
        await ResumeAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await asked.WaitAsync(stoppingToken);
            await RunUntilDoneAsync(stoppingToken);
        }
    }

    private async Task ResumeAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        while (true)
        {
            try
            {
                if (await tables.FindRunningAsync(stopping) is not null)
                {
                    Begin();
                }

                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                logger.LogWarning("Whether a rebuild was cut off is not known yet: {Reason}", BackgroundFailure.Count("rebuild", e));
                await Task.Delay(backoff.Next(), time, stopping);
            }
        }
    }

    private async Task RunUntilDoneAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await RunAsync(stopping);
                Volatile.Write(ref progress, null);
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                logger.LogWarning("The rebuild was cut off: {Reason}. It goes on", BackgroundFailure.Count("rebuild", e));
                await Task.Delay(backoff.Next(), time, stopping);
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var rebuild = await tables.BeginAsync(live.Position.VersionCount, stopping);
        if (!rebuild.IsSwapped)
        {
            await ReplaceAsync(rebuild, stopping);
        }

        await tables.EndAsync(rebuild.Id, stopping);
        logger.LogInformation("Rebuilt from the feeds: {Versions} versions serve", live.Position.VersionCount);
    }

    private async Task ReplaceAsync(RunningRebuild rebuild, CancellationToken stopping)
    {
        var read = await tables.CountAsync(stopping);
        logger.LogInformation("Rebuilding from the feeds; {Read} versions are there from before", read);
        Interlocked.Exchange(ref readCount, read);
        Show(State.Reading);
        await using (var database = AnalyticsDatabase.OpenRebuild(connectionString, RebuildTables.Schema))
        {
            var store = new VersionStore(database);
            await Task.WhenAll(services.Select(service => ReadAsync(store, service, stopping)));
        }

        Show(State.Swapping);
        var since = await tables.CarryAsync(rebuild.Id, await tables.CountAsync(stopping), stopping);
        await ingestor.AloneAsync(
            async () =>
            {
                await tables.SwapAsync(rebuild.Id, since);
                await LoadAsync(stopping);
                return rebuild;
            },
            stopping);

        // The positions are those of the rebuild: what the feeds have told since is told again.
        feeds.CatchUp();

        void Show(State state) => Volatile.Write(
            ref progress, new RebuildProgress { State = state, StartTime = rebuild.Start.ToTimestamp(), ExpectedCount = rebuild.ExpectedCount });
    }

    private async Task ReadAsync(VersionStore store, CaptureService service, CancellationToken stopping)
    {
        var position = await store.GetFeedPositionAsync(service.Name, stopping);
        await reading.ReadAsync(service, position, (batch, after) => TakeAsync(store, batch, after), stopping);
    }

    private async Task TakeAsync(VersionStore store, IReadOnlyList<Arrival> batch, FeedPosition? position)
    {
        try
        {
            await store.SaveAsync(batch, position, recount: false);
        }
        catch (PostgresException e) when (Ingestor.IsAboutTheData(e))
        {
            foreach (var arrival in batch)
            {
                await TakeAloneAsync(store, arrival);
            }

            await store.SaveAsync([], position, recount: false);
        }

        Interlocked.Add(ref readCount, batch.Count);
    }

    private static async Task TakeAloneAsync(VersionStore store, Arrival arrival)
    {
        try
        {
            await store.SaveAsync([arrival], position: null, recount: false);
        }
        catch (PostgresException e) when (Ingestor.IsAboutTheData(e))
        {
            await store.SaveAsync([arrival with { Fault = "cannot be stored" }], position: null, recount: false);
        }
    }

    /// <summary>Has the cohort begin anew from the new tables. Until that is done, nothing may be taken in.</summary>
    private async Task LoadAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        while (true)
        {
            try
            {
                var (table, position) = await stored.LoadAsync(asOf: null, stopping);
                live.Load(table, position);
                past.Forget([DateTimeOffset.MinValue]);
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                logger.LogWarning("The rebuilt cohort cannot be loaded yet: {Reason}", BackgroundFailure.Count("rebuild", e));
                await Task.Delay(backoff.Next(), time, stopping);
            }
        }
    }

    private RebuildProgress Starting() => new()
    {
        State = State.Reading,
        StartTime = time.GetUtcNow().ToTimestamp(),
        ExpectedCount = live.Position.VersionCount,
    };
}

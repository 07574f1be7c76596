using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = Equecel.Analytics.V1.ReconcileFinding.Types.Kind;

namespace Equecel.Analytics.Operations;

/// <summary>
/// Compares what is stored with what a capture service has, by digests of ranges that are halved where they differ. What is missing
/// is fetched; what only Analytics has, or has otherwise, is told and kept.
/// </summary>
internal sealed class Reconciler(
    StoredHashes stored, CompleteTimes complete, Ingestor ingestor, IngestionState state, TimeProvider time, ILogger<Reconciler> logger) : IDisposable
{
    /// <summary>Most versions that one comparison fetches: when more are missing, the queue or a rebuild brings them faster.</summary>
    public const int MaxFetched = 10_000;

    // A range with no more versions than this on both sides together is listed.
    private const long MaxListed = 4_000;

    /// <summary>How old a save is before it must be there, for a service that does not say until when its digest holds.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Compares with one service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="tell">Is told each step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">The service cannot be reached, or refuses.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database cannot be used.</exception>
    public async Task<ReconcileSummary> RunAsync(CaptureService service, Func<ReconcileProgress, Task> tell, CancellationToken cancellation)
    {
        // What was saved a moment ago may be on its way still.
        var range = new SaveTimeRange(null, SaveTimeRange.Whole(time.GetUtcNow() - Settling));
        var summary = await CompareAsync(service, range, tell, cancellation);
        summary.EndTime = time.GetUtcNow().ToTimestamp();
        Tell(service, summary);
        await tell(new ReconcileProgress { Service = service.Name, Summary = summary });
        return summary;
    }

    /// <summary>Compares a range with one service, and keeps that nothing of it is missing when that is so.</summary>
    /// <param name="service">The service.</param>
    /// <param name="range">The range.</param>
    /// <param name="tell">Is told each step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">The service cannot be reached, or refuses.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database cannot be used.</exception>
    public async Task<ReconcileSummary> CompareAsync(CaptureService service, SaveTimeRange range, Func<ReconcileProgress, Task> tell, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            var run = new ReconcileRun(service, new ReconcileSummary { SettledTime = range.To.ToTimestamp() }, tell);
            var unsaid = time.GetUtcNow() - Settling;
            var (theirs, settled) = await service.DigestAsync(range, cancellation);
            await CompareAsync(run, range, await stored.DigestAsync(service.Name, range, cancellation), theirs, cancellation);
            if (run.Summary.MissingCount == 0 && (settled ?? unsaid) >= range.To)
            {
                await complete.KeepAsync(service.Name, range, cancellation);
            }

            return run.Summary;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    private async Task CompareAsync(ReconcileRun run, SaveTimeRange range, VersionDigest ours, VersionDigest theirs, CancellationToken cancellation)
    {
        if (ours == theirs)
        {
            await run.ComparedAsync(theirs.Count);
        }
        else if (range.IsShort || ours.Count + theirs.Count <= MaxListed)
        {
            await ListAsync(run, range, cancellation);
        }
        else
        {
            // The right half is what is left without the left one, so only that is read again.
            var (left, right) = range.Halve();
            var (theirsLeft, _) = await run.Service.DigestAsync(left, cancellation);
            var oursLeft = await stored.DigestAsync(run.Service.Name, left, cancellation);
            await CompareAsync(run, left, oursLeft, theirsLeft, cancellation);
            await CompareAsync(run, right, ours.Without(oursLeft), theirs.Without(theirsLeft), cancellation);
        }
    }

    private async Task ListAsync(ReconcileRun run, SaveTimeRange range, CancellationToken cancellation)
    {
        var ours = new Dictionary<(Guid, int), byte[]>();
        await foreach (var (recordId, version, hash) in stored.ListAsync(run.Service.Name, range, cancellation))
        {
            ours[(recordId, version)] = hash;
        }

        var missing = new List<(Guid RecordId, int Version)>();
        var count = 0L;
        await foreach (var version in run.Service.ListHashesAsync(range, cancellation))
        {
            var key = (Guid.Parse(version.RecordId), version.Version);
            if (!ours.Remove(key, out var hash))
            {
                missing.Add(key);
            }
            else if (!version.Hash.Span.SequenceEqual(hash))
            {
                await run.FoundAsync(Kind.Different, key);
            }

            count++;
        }

        await FetchAsync(run, missing, cancellation);
        foreach (var key in ours.Keys)
        {
            // The service may hold it under another time, or may just not have told it yet: it is asked for the version itself.
            if (await run.Service.FindVersionAsync(key.Item1, key.Item2, cancellation) is null)
            {
                await run.FoundAsync(Kind.Extra, key);
            }
        }

        await run.ComparedAsync(count);
    }

    private async Task FetchAsync(ReconcileRun run, List<(Guid RecordId, int Version)> missing, CancellationToken cancellation)
    {
        var fetchable = (int)Math.Clamp(MaxFetched - run.Summary.FetchedCount, 0, missing.Count);
        run.Summary.MissingCount += missing.Count - fetchable;
        foreach (var some in missing.Take(fetchable).Chunk(RecordsConsumer.Prefetch))
        {
            var found = await Task.WhenAll(some.Select(key => run.Service.FindVersionAsync(key.RecordId, key.Version, cancellation)));
            var arrivals = found.OfType<Arrival>().ToList();
            await ingestor.TakeAsync(arrivals, position: null, cancellation);
            run.Summary.MissingCount += some.Length - arrivals.Count;
            foreach (var (key, arrival) in some.Zip(found).Where(pair => pair.Second is not null))
            {
                await run.FoundAsync(arrival!.Fault is null ? Kind.Fetched : Kind.Unusable, key);
            }
        }
    }

    private void Tell(CaptureService service, ReconcileSummary summary)
    {
        state.Change(service.Name, figures => figures with { LastReconcile = summary });
        if (summary.FetchedCount + summary.MissingCount + summary.ExtraCount + summary.DifferentCount > 0)
        {
            logger.LogWarning(
                "Compared {Count} versions with {Service}: {Fetched} were missing and fetched, {Missing} are missing, {Extra} are unknown to it, {Different} differ",
                summary.ComparedCount, service.Name, summary.FetchedCount, summary.MissingCount, summary.ExtraCount, summary.DifferentCount);
        }
    }
}

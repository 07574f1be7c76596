namespace Equecel.Records.Store;

/// <summary>Lets reads that arrive while others run share one statement, as saves share a transaction. One that is alone goes at once.</summary>
/// <param name="read">Reads the versions of participants, and of sites by their codes.</param>
internal sealed class SharedReads(Func<IReadOnlyCollection<string>, CancellationToken, Task<ILookup<string, StoredVersion>>> read)
{
    /// <summary>Most codes that a read may ask for to share a statement; a larger one has little to win by it.</summary>
    public const int MaxShared = 16;

    private const int MaxBatch = 128;
    private const int ReaderCount = 2;

    private readonly Lock gate = new();
    private readonly Queue<Pending> waiting = new();
    private int running;

    /// <summary>Reads with whatever else is waiting. Nothing that was read before the call began is answered.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The versions by code; some of codes that others asked for may be among them.</returns>
    public async Task<ILookup<string, StoredVersion>> ReadAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        if (codes.Count > MaxShared)
        {
            return await read(codes, cancellation);
        }

        var pending = new Pending(codes, cancellation);
        lock (gate)
        {
            waiting.Enqueue(pending);
            if (running < ReaderCount)
            {
                running++;
                // What is read for others is no part of the call that happened to begin it.
                using var _ = ExecutionContext.SuppressFlow();
                Task.Run(DrainAsync, CancellationToken.None);
            }
        }

        return await pending.Done.Task.WaitAsync(cancellation);
    }

    private async Task DrainAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await ReadBatchAsync(batch);
        }
    }

    /// <summary>What is to be read next; nothing when nobody waits, and then this reader has ended.</summary>
    private List<Pending> Take()
    {
        var batch = new List<Pending>();
        lock (gate)
        {
            for (var count = 0; count < MaxBatch && waiting.TryDequeue(out var next);)
            {
                if (!next.Cancellation.IsCancellationRequested)
                {
                    batch.Add(next);
                    count += next.Codes.Count;
                }
            }

            running -= batch.Count == 0 ? 1 : 0;
        }

        return batch;
    }

    private async Task ReadBatchAsync(List<Pending> batch)
    {
        try
        {
            var versions = await read(batch.SelectMany(pending => pending.Codes).ToHashSet(), CancellationToken.None);
            batch.ForEach(pending => pending.Done.SetResult(versions));
        }
        catch (Exception e) when (batch.Count == 1 || e is Grpc.Core.RpcException)
        {
            batch.ForEach(pending => pending.Done.SetException(e));
        }
        catch (Exception)
        {
            // One code that the database cannot take must not take the others with it.
            foreach (var pending in batch)
            {
                await ReadBatchAsync([pending]);
            }
        }
    }

    private sealed record Pending(IReadOnlyCollection<string> Codes, CancellationToken Cancellation)
    {
        public TaskCompletionSource<ILookup<string, StoredVersion>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

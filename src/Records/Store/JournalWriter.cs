using System.Threading.Channels;
using Equecel.Audit;
using Equecel.ServiceDefaults;
using Microsoft.Extensions.Hosting;

namespace Equecel.Records.Store;

/// <summary>Lets saves that arrive together share a transaction. A save that is alone goes at once; nobody is answered before the commit.</summary>
internal sealed class JournalWriter(Journal journal, JournalSignal signal) : BackgroundService
{
    private const int MaxBatch = 128;
    private const int WriterCount = 2;
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<Pending> waiting = Channel.CreateBounded<Pending>(4096);

    /// <summary>Saves an entry with whatever else is waiting.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellation">Ends the wait for a place; once begun, a save is finished.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the outcome is not known, or the service stops; the same can be sent again.</exception>
    public async Task<SaveOutcome> SaveAsync(JournalEntry entry, CancellationToken cancellation)
    {
        var pending = new Pending(entry, new TaskCompletionSource<SaveOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await waiting.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw RpcError.Stopping();
        }

        return await pending.Done.Task;
    }

    /// <summary>Saves entries that do not share a record or a request id, and tries again while the database is away for a moment.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the outcome is not known; the same can be sent again.</exception>
    public async Task<SaveOutcome[]> SaveAsync(IReadOnlyList<JournalEntry> entries)
    {
        using var limit = new CancellationTokenSource(GiveUpAfter);
        for (var delay = 20; ; delay = Math.Min(delay * 2, 500))
        {
            try
            {
                var outcomes = await journal.SaveAsync(entries, limit.Token);
                signal.Pulse();
                return outcomes;
            }
            catch (Exception e) when (DatabaseFailure.IsTransient(e) && !limit.IsCancellationRequested)
            {
                // The commit may have happened: the same request ids find out.
                await Task.Delay(delay, CancellationToken.None);
            }
            catch (Exception e) when (DatabaseFailure.IsTransient(e) || e is OperationCanceledException)
            {
                throw RecordDatabase.Down();
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What waits when the service stops is saved and answered still; what comes later is told to come again.
        using var closing = stoppingToken.Register(() => waiting.Writer.TryComplete());
        await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(_ => Task.Run(DrainAsync, CancellationToken.None)));
    }

    private async Task DrainAsync()
    {
        var batch = new List<Pending>(MaxBatch);
        var records = new HashSet<Guid>();
        var requests = new Dictionary<(string Client, Guid RequestId), Pending>();
        Pending? inHand = null;
        while (inHand is not null || await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            records.Clear();
            requests.Clear();
            try
            {
                while (batch.Count < MaxBatch && (inHand is not null || waiting.Reader.TryRead(out inHand)))
                {
                    var request = (inHand.Entry.Client, inHand.Entry.RequestId);
                    if (requests.TryGetValue(request, out var first) && first.Entry.RequestHash.AsSpan().SequenceEqual(inHand.Entry.RequestHash))
                    {
                        first.Repeats.Add(inHand.Done);
                        inHand = null;
                        continue;
                    }

                    // One statement cannot save two versions of a record, nor answer one request id twice.
                    if (!records.Add(inHand.Entry.RecordId) || !requests.TryAdd(request, inHand))
                    {
                        break;
                    }

                    batch.Add(inHand);
                    inHand = null;
                }

                if (batch.Count > 0)
                {
                    await SaveBatchAsync(batch);
                }
            }
            catch (Exception e)
            {
                // A defect. Its callers are told, and whoever comes next is saved.
                BackgroundFailure.Count("journal writer", e);
                batch.ForEach(pending => pending.Fail(e));
                inHand?.Fail(e);
                inHand = null;
            }
        }
    }

    private async Task SaveBatchAsync(List<Pending> batch)
    {
        try
        {
            var outcomes = await SaveAsync(batch.ConvertAll(pending => pending.Entry));
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer(outcomes[i]);
            }
        }
        catch (Exception e) when (batch.Count == 1 || e is Grpc.Core.RpcException)
        {
            batch.ForEach(pending => pending.Fail(e));
        }
        catch (Exception)
        {
            // One entry that the database cannot take must not take the others with it.
            foreach (var pending in batch)
            {
                await SaveBatchAsync([pending]);
            }
        }
    }

    private sealed record Pending(JournalEntry Entry, TaskCompletionSource<SaveOutcome> Done)
    {
        /// <summary>Who waits for the same request.</summary>
        public List<TaskCompletionSource<SaveOutcome>> Repeats { get; } = [];

        public void Answer(SaveOutcome outcome)
        {
            Done.TrySetResult(outcome);
            Repeats.ForEach(repeat => repeat.TrySetResult(outcome with { Repeated = outcome.Stored is not null }));
        }

        public void Fail(Exception e)
        {
            Done.TrySetException(e);
            Repeats.ForEach(repeat => repeat.TrySetException(e));
        }
    }
}

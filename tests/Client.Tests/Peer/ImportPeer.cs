using System.Collections.Concurrent;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Tests.Peer;

/// <summary>The receiving end of imports: remembers request ids, and cuts streams where a test asks for it.</summary>
public sealed class ImportPeer<TMessage>(Func<TMessage, SubmissionHeader> headerOf)
{
    private readonly ConcurrentDictionary<string, string> saved = new();
    private int received;

    public int ReceivedCount => Volatile.Read(ref received);

    public int StreamCount { get; private set; }

    /// <summary>How streams end, one after the other: after so many verdicts, so. Later streams are not cut.</summary>
    public Queue<(int Verdicts, Exception End)> Cuts { get; } = new();

    /// <summary>Waits here before each verdict. Not at all by default.</summary>
    public Func<Task> BeforeVerdict { get; set; } = () => Task.CompletedTask;

    /// <summary>Decides about a row. Null means that it is saved, or was.</summary>
    public Func<TMessage, ImportVerdict?> Decide { get; set; } = _ => null;

    /// <summary>After so many verdicts the connection of the first stream is torn down, without a status.</summary>
    public int? AbortAfter { get; set; }

    public int SavedCount => saved.Count;

    public async Task RunAsync(IAsyncStreamReader<TMessage> rows, IServerStreamWriter<ImportVerdict> verdicts, ServerCallContext context)
    {
        StreamCount++;
        var cut = Cuts.TryDequeue(out var next) ? next : (Verdicts: int.MaxValue, End: null!);
        var row = 0;
        await foreach (var message in rows.ReadAllAsync())
        {
            Interlocked.Increment(ref received);
            if (row == cut.Verdicts)
            {
                throw cut.End;
            }

            if (row == AbortAfter && StreamCount == 1)
            {
                context.GetHttpContext().Abort();
            }

            await BeforeVerdict();
            await verdicts.WriteAsync(Answer(message, ++row));
        }

        if (cut.End is not null)
        {
            throw cut.End;
        }
    }

    private ImportVerdict Answer(TMessage message, int row)
    {
        var verdict = Decide(message);
        var header = headerOf(message);
        if (verdict is null)
        {
            var record = Guid.CreateVersion7().ToString();
            var kept = header.ValidateOnly ? "" : saved.GetOrAdd(header.RequestId, record);
            verdict = new ImportVerdict
            {
                Outcome = header.ValidateOnly ? ImportOutcome.WouldSave : kept == record ? ImportOutcome.Saved : ImportOutcome.AlreadyThere,
                RecordId = kept,
                Version = 1,
            };
        }

        verdict.Row = row;
        verdict.RequestId = header.RequestId;
        return verdict;
    }
}

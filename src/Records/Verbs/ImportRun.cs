using System.Threading.Channels;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>One stream of forms: takes what has arrived, up to a chunk, saves it, and sends its verdicts.</summary>
/// <param name="parser">Reads the rows.</param>
/// <param name="saver">Saves them.</param>
/// <param name="caller">Who sends them.</param>
/// <param name="denied">Told of a row that the caller may not send.</param>
internal sealed class ImportRun(SubmissionParser parser, RecordSaver saver, Caller caller, Action<RpcException> denied)
{
    private const int ChunkSize = 500;

    // What is waiting or being saved: two chunks beside the one in hand, or fewer rows that are large, because one takes many times its size.
    private const int PlaceCount = 3 * ChunkSize;
    private const int PlaceBytes = 1024;

    // A dry run saves nothing that a later chunk could read: what its rows would have changed is kept here.
    private readonly Foresight foreseen = new();

    public async Task RunAsync<TRow>(
        IAsyncStreamReader<TRow> rows, Func<TRow, IMessage?> submission, IServerStreamWriter<ImportVerdict> verdicts,
        CancellationToken stopping, CancellationToken cancellation)
    {
        // The sender is held back by HTTP/2 once all places are taken.
        var arrived = Channel.CreateUnbounded<(IMessage? Row, int Places)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var places = new SemaphoreSlim(PlaceCount);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(rows, submission, arrived.Writer, places, ended.Token);
        try
        {
            await SaveAllAsync(arrived.Reader, places, verdicts, stopping, cancellation);
        }
        finally
        {
            // A call does not end while something of it is still being read: the connection has other calls.
            await ended.CancelAsync();
            await reading;
        }
    }

    private async Task SaveAllAsync(
        ChannelReader<(IMessage? Row, int Places)> arrived, SemaphoreSlim places, IServerStreamWriter<ImportVerdict> verdicts,
        CancellationToken stopping, CancellationToken cancellation)
    {
        var chunk = new List<IMessage?>(ChunkSize);
        for (long row = 1; await HasMoreAsync(arrived, stopping, cancellation); row += chunk.Count)
        {
            chunk.Clear();
            var taken = 0;
            while (chunk.Count < ChunkSize && arrived.TryRead(out var next))
            {
                chunk.Add(next.Row);
                taken += next.Places;
            }

            var chunkVerdicts = await SaveAsync(chunk, row, cancellation);
            for (var i = 0; i < chunkVerdicts.Length; i++)
            {
                // One flush a chunk: the last verdict takes the others along.
                verdicts.WriteOptions = new WriteOptions(i < chunkVerdicts.Length - 1 ? WriteFlags.BufferHint : 0);
                await verdicts.WriteAsync(chunkVerdicts[i], cancellation);
            }

            places.Release(taken);
        }
    }

    /// <summary>Waits for the next row; a sender who is waited for when the service stops is told to come again.</summary>
    private static async Task<bool> HasMoreAsync(ChannelReader<(IMessage? Row, int Places)> arrived, CancellationToken stopping, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        try
        {
            return await arrived.WaitToReadAsync(ending.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw RpcError.Stopping();
        }
    }

    private static async Task ReadAsync<TRow>(
        IAsyncStreamReader<TRow> rows, Func<TRow, IMessage?> submission, ChannelWriter<(IMessage? Row, int Places)> arrived, SemaphoreSlim places,
        CancellationToken cancellation)
    {
        try
        {
            while (await rows.MoveNext(cancellation))
            {
                var row = submission(rows.Current);
                var needed = 1 + ((row?.CalculateSize() ?? 0) / PlaceBytes);
                for (var got = 0; got < needed; got++)
                {
                    await places.WaitAsync(cancellation);
                }

                await arrived.WriteAsync((row, needed), cancellation);
            }

            arrived.Complete();
        }
        catch (Exception e)
        {
            arrived.Complete(e);
        }
    }

    private async Task<ImportVerdict[]> SaveAsync(List<IMessage?> chunk, long firstRow, CancellationToken cancellation)
    {
        var verdicts = new ImportVerdict[chunk.Count];
        var read = new List<(int Index, Submission Submission)>(chunk.Count);
        for (var i = 0; i < chunk.Count; i++)
        {
            verdicts[i] = new ImportVerdict { Row = firstRow + i };
            var refusal = RpcError.InvalidField("row", "Required. The form, as SubmitRecord takes it.");
            if (chunk[i] is { } request && parser.Parse(request, caller, out refusal) is { } submission)
            {
                verdicts[i].RequestId = submission.Header.RequestId;
                read.Add((i, submission));
            }
            else
            {
                verdicts[i].RequestId = chunk[i] is { } unread ? parser.RequestIdOf(unread) : "";
                Refuse(verdicts[i], refusal!);
            }
        }

        while (read.Count > 0)
        {
            // What is saved is not judged by what is only checked.
            var dry = read[0].Submission.Header.ValidateOnly;
            var rows = read.TakeWhile(row => row.Submission.Header.ValidateOnly == dry).ToList();
            read.RemoveRange(0, rows.Count);
            var outcomes = await saver.SaveAsync(rows.ConvertAll(row => row.Submission), dry ? foreseen : new Foresight(), cancellation);
            foreach (var (n, row) in rows.Index())
            {
                Tell(verdicts[row.Index], row.Submission, outcomes[n]);
            }
        }

        return verdicts;
    }

    private void Tell(ImportVerdict verdict, Submission submission, SaveOutcome outcome)
    {
        if (outcome.Refusal is not null)
        {
            Refuse(verdict, outcome.Refusal);
        }
        else if (outcome.Stored is null)
        {
            verdict.Outcome = ImportOutcome.WouldSave;
            verdict.Findings.AddRange(submission.Queries);
        }
        else
        {
            verdict.Outcome = outcome.Repeated ? ImportOutcome.AlreadyThere : ImportOutcome.Saved;
            verdict.RecordId = outcome.Stored.Header.RecordId;
            verdict.Version = outcome.Stored.Header.Version;
            verdict.Findings.AddRange(outcome.Stored.Header.Findings);
        }
    }

    private void Refuse(ImportVerdict verdict, RpcException refusal)
    {
        if (refusal.StatusCode == StatusCode.PermissionDenied)
        {
            denied(refusal);
        }

        var status = refusal.GetRpcStatus()!;
        verdict.Outcome = ImportOutcome.Refused;
        verdict.StatusCode = (int)refusal.StatusCode;
        verdict.ErrorReason = status.GetDetail<ErrorInfo>()!.Reason;
        verdict.ErrorMessage = refusal.Status.Detail;
        foreach (var violation in status.GetDetail<BadRequest>()?.FieldViolations ?? [])
        {
            verdict.Findings.Add(new Finding
            {
                Code = violation.Reason,
                Field = parser.FieldOfForm(violation.Field),
                Severity = V1.Severity.Hard,
                Message = violation.Description,
                MessageZh = violation.LocalizedMessage?.Message ?? "",
            });
        }
    }
}

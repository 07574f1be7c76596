using System.Threading.Channels;
using Equecel.Client.Calls;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Streams;

/// <summary>One import: the rows that have no verdict yet, and the connection of the moment.</summary>
internal sealed class ImportRun<TRow, TMessage>(
    ImportTarget<TRow, TMessage> target, ChannelReader<TRow> waiting, ImportOptions options,
    Resumption resumption, CancellationToken cancellationToken) : IAsyncDisposable
{
    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);
    private static readonly WriteOptions Now = new();

    private readonly SemaphoreSlim slots = new(options.RowsInFlight);
    private readonly Queue<TRow> unanswered = new();
    private ImportConnection<TMessage>? connection;
    private Exception? sendingFailure;
    private long sentCount;
    private long answeredCount;
    private int cutCount;

    /// <summary>Gives the next verdict, numbered as the caller's rows; null after the last.</summary>
    public async ValueTask<ImportVerdict?> NextAsync()
    {
        while (true)
        {
            RpcException failure;
            try
            {
                connection ??= Connect();
                if (await connection.NextAsync() is { } verdict)
                {
                    return Accept(verdict);
                }

                if (waiting.Completion.IsCompleted && unanswered.Count == 0)
                {
                    return null;
                }

                failure = new RpcException(new Status(StatusCode.Unavailable, "The service ended the import before it had answered every row."));
            }
            catch (RpcException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failure = e;
            }

            await DisconnectAsync();
            if (sendingFailure is not null)
            {
                throw sendingFailure;
            }

            await resumption.WaitAsync(failure, cancellationToken);
            cutCount++;
            Report();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        slots.Dispose();
    }

    private ImportConnection<TMessage> Connect()
    {
        TRow[] again = [.. unanswered];
        resumption.Start();
        return new ImportConnection<TMessage>(
            target.Open(new CallOptions(cancellationToken: cancellationToken)),
            (call, cut) => SendAsync(call, again, cut), options.IdleLimit, IsWaitedFor);
    }

    private async Task DisconnectAsync()
    {
        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync();
        }
    }

    private async Task SendAsync(AsyncDuplexStreamingCall<TMessage, ImportVerdict> call, TRow[] again, CancellationToken cut)
    {
        try
        {
            var stream = call.RequestStream;
            var message = target.NewMessage();
            for (var i = 0; i < again.Length; i++)
            {
                await WriteAsync(stream, message, again[i], moreFollows: i + 1 < again.Length);
            }

            // The slot comes before the row is taken, so a row that was taken is always among the unanswered ones.
            while (await waiting.WaitToReadAsync(cut))
            {
                await slots.WaitAsync(cut);
                waiting.TryRead(out var row);
                RequestId.Fill(target.HeaderOf(row!));
                lock (unanswered)
                {
                    unanswered.Enqueue(row!);
                }

                sentCount++;
                await WriteAsync(stream, message, row!, moreFollows: slots.CurrentCount > 0 && waiting.TryPeek(out _));
            }

            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The call is over or being closed; the reading side has the status with which it ended.
        }
#pragma warning disable CA1031 // What makes a row impossible to send reaches the caller, in NextAsync.
        catch (Exception e)
#pragma warning restore CA1031
        {
            sendingFailure = e;
            call.Dispose();
        }
    }

    // The message is written when the task completes, so one serves all rows.
    private Task WriteAsync(IClientStreamWriter<TMessage> stream, TMessage message, TRow row, bool moreFollows)
    {
        target.Put(message, row);
        stream.WriteOptions = moreFollows ? MoreFollows : Now;
        return stream.WriteAsync(message);
    }

    private ImportVerdict Accept(ImportVerdict verdict)
    {
        TRow? row;
        lock (unanswered)
        {
            unanswered.TryDequeue(out row);
        }

        if (row is null || verdict.RequestId != target.HeaderOf(row).RequestId)
        {
            throw new InvalidDataException(
                $"The service answered request {verdict.RequestId}, which is not the next row. The rows up to {answeredCount} are certain; send the others again.");
        }

        verdict.Row = ++answeredCount;
        slots.Release();
        resumption.Progress();
        Report();
        return verdict;
    }

    private bool IsWaitedFor()
    {
        lock (unanswered)
        {
            return unanswered.Count > 0;
        }
    }

    private void Report() => options.Progress?.Invoke(new ImportProgress(Volatile.Read(ref sentCount), answeredCount, cutCount));
}

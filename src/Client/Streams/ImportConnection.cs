using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Streams;

/// <summary>One stream of an import, from its opening to its end or cut.</summary>
internal sealed class ImportConnection<TMessage> : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<TMessage, ImportVerdict> call;
    private readonly CancellationTokenSource cut = new();
    private readonly Task sending;
    private readonly Timer watchdog;
    private readonly Func<bool> isWaitedFor;
    private long answeredCount;
    private long stalledAt = -1;
    private bool reading;

    /// <summary>Begins to send.</summary>
    /// <param name="call">The stream.</param>
    /// <param name="send">Sends rows until there are no more, or the connection is cut.</param>
    /// <param name="idleLimit">Time without a verdict after which the connection is taken for lost, give or take once as much.</param>
    /// <param name="isWaitedFor">Whether there are rows without a verdict.</param>
    public ImportConnection(
        AsyncDuplexStreamingCall<TMessage, ImportVerdict> call,
        Func<AsyncDuplexStreamingCall<TMessage, ImportVerdict>, CancellationToken, Task> send,
        TimeSpan idleLimit, Func<bool> isWaitedFor)
    {
        this.call = call;
        this.isWaitedFor = isWaitedFor;
        // Elsewhere, because rows that are ready are written without a pause and the first verdict would wait for the last of them.
        sending = Task.Run(() => send(call, cut.Token));
        watchdog = new Timer(_ => CutIfStalled(), null, idleLimit, idleLimit);
    }

    /// <summary>Waits for the next verdict.</summary>
    /// <returns>The verdict; null when the service ended the stream.</returns>
    public async ValueTask<ImportVerdict?> NextAsync()
    {
        // The call itself has the caller's cancellation.
        var next = call.ResponseStream.MoveNext(CancellationToken.None);
        if (!next.IsCompletedSuccessfully)
        {
            reading = true;
            await next;
            reading = false;
        }

        answeredCount++;
        return next.Result ? call.ResponseStream.Current : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await watchdog.DisposeAsync();
        await cut.CancelAsync();
        call.Dispose();
        await sending;
        cut.Dispose();
    }

    // Twice in a row the same count, while rows wait and the caller does too.
    private void CutIfStalled()
    {
        var at = Volatile.Read(ref reading) && isWaitedFor() ? Volatile.Read(ref answeredCount) : -1;
        if (at >= 0 && at == stalledAt)
        {
            // Who reads the stream sees it as cancelled.
            call.Dispose();
        }

        stalledAt = at;
    }
}

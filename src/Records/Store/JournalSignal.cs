using System.Diagnostics;

namespace Equecel.Records.Store;

/// <summary>Wakes those who follow the journal after a save. A wait also ends by itself, since a save may become certain later.</summary>
internal sealed class JournalSignal
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>For how long those who follow everything gather.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    /// <summary>For how long those gather who pass over most of what they read.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The next pulse. Take it before reading the journal, so that no save falls between.</summary>
    public Task Next => next.Task;

    /// <summary>Wakes everyone.</summary>
    public void Pulse() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>
    /// Waits for a pulse taken before, or a quarter of a second with jitter. A save that comes alone is followed at once; of those that
    /// come soon after a read, all that have gathered are read together.
    /// </summary>
    /// <param name="pulse">What <see cref="Next"/> was.</param>
    /// <param name="read">When the journal was last read, a timestamp of <see cref="Stopwatch"/>.</param>
    /// <param name="gatherFor">How soon after a read the next may come.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task WaitAsync(Task pulse, long read, TimeSpan gatherFor, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(pulse, Task.Delay(Poll * (0.8 + (Random.Shared.NextDouble() * 0.4)), either.Token));
        await either.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        if (gatherFor - Stopwatch.GetElapsedTime(read) is { Ticks: > 0 } early)
        {
            await Task.Delay(early, cancellation);
        }
    }
}

namespace Equecel.ServiceDefaults;

/// <summary>
/// Turns for answers that keep a database connection for as long as their callers read: slow ones wait for each other, and nothing
/// else for them.
/// </summary>
/// <param name="count">How many answer at a time; fewer than the pool has connections.</param>
public sealed class ReaderTurns(int count) : IDisposable
{
    private readonly SemaphoreSlim free = new(count);

    /// <summary>Waits for a turn, and takes it.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The turn, which is given back when it is disposed of.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended; nothing was taken.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        return new Turn(free);
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}

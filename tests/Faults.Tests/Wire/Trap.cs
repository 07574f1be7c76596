namespace Equecel.Faults.Tests.Wire;

/// <summary>Does something at a named point of a link, once.</summary>
/// <param name="point">The point.</param>
/// <param name="passes">Whether the message at the point still arrives. If not, its connection is cut.</param>
/// <param name="skip">How often the point is let pass before.</param>
/// <param name="act">What is done, before anything further passes.</param>
internal sealed class Trap(WirePoint point, bool passes, int skip, Func<Task> act)
{
    private readonly TaskCompletionSource sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = skip;

    /// <summary>Whether the message at the point still arrives.</summary>
    public bool Passes => passes;

    /// <summary>Ends when it has done it.</summary>
    public Task Sprung => sprung.Task;

    /// <summary>Whether this is the message that it waits for.</summary>
    /// <param name="seen">The message's point.</param>
    public bool Springs(WirePoint seen) => seen == point && Interlocked.Decrement(ref left) == -1;

    /// <summary>Does it.</summary>
    public async Task SpringAsync()
    {
        await act();
        sprung.TrySetResult();
    }
}

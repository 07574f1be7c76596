namespace Equecel.Benchmarks.Running;

/// <summary>Watches the memory of services until it is disposed of.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, (double Before, double Peak)> memory = [];
    private readonly Task watching;

    /// <summary>Begins to watch.</summary>
    public MemoryWatch(IEnumerable<PlatformResource> services)
    {
        PlatformResource[] watched = [.. services];
        foreach (var service in watched)
        {
            var now = ProcessTree.PssMegabytes(service.Pid!.Value);
            memory[service.Name] = (now, now);
        }

        watching = WatchAsync(watched);
    }

    /// <summary>Proportional set size of a service before and at its most, in MB.</summary>
    public (double Before, double Peak) this[string service] => memory[service];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WatchAsync(PlatformResource[] services)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            foreach (var service in services)
            {
                var (before, peak) = memory[service.Name];
                memory[service.Name] = (before, Math.Max(peak, ProcessTree.PssMegabytes(service.Pid!.Value)));
            }
        }
    }
}

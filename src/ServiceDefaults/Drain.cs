using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Equecel.ServiceDefaults;

/// <summary>
/// How a program stops without a failed call: it says that it is not ready, waits until callers have noticed, tells new calls to come
/// again, ends its streams, and lets the calls at hand finish. Everything else of it stops after that.
/// </summary>
public sealed class Drain : IHostedLifecycleService, IHealthCheck, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(50);
    private const int LastWords = 5;
    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan pause;
    private volatile bool draining;
    private int calls;

    /// <summary>Reads how long callers take to notice (<c>Drain:Pause</c>, 3 seconds when not set).</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="lifetime">Tells when the service is asked to stop.</param>
    public Drain(IConfiguration configuration, IHostApplicationLifetime lifetime)
    {
        pause = configuration.GetValue("Drain:Pause", TimeSpan.FromSeconds(3));
        lifetime.ApplicationStopping.Register(() => draining = true);
    }

    /// <summary>Fires when streams are to end. Their callers resume elsewhere, or here a little later.</summary>
    public CancellationToken Ending => ending.Token;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(draining ? HealthCheckResult.Unhealthy("The service is stopping.") : HealthCheckResult.Healthy());

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        draining = true;
        await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync();
        if (Volatile.Read(ref calls) > 0)
        {
            await Task.WhenAny(idle.Task, Task.Delay(LongestWait, cancellationToken));
        }

        // A call is counted out before its answer has left. A connection that closes now would take the answer along. Of several short
        // waits a machine that stands still for a while takes one, and what writes the answers comes to its turn in the others.
        for (var i = 0; i < LastWords; i++)
        {
            await Task.Delay(LastWord, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => ending.Dispose();

    /// <summary>Counts a call in.</summary>
    /// <returns>Counts it out again; null when calls are refused by now.</returns>
    internal IDisposable? TryEnter()
    {
        Interlocked.Increment(ref calls);
        if (!ending.IsCancellationRequested)
        {
            return new Call(this);
        }

        Leave();
        return null;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref calls) == 0 && ending.IsCancellationRequested)
        {
            idle.TrySetResult();
        }
    }

    private sealed class Call(Drain drain) : IDisposable
    {
        public void Dispose() => drain.Leave();
    }
}

using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Keeps one resource running: starts it when what it waits for is ready, asks for its health, starts it again when it dies.</summary>
internal sealed class Supervisor(Resource resource, Workload workload, ResourceLog log, ProcessRecords records, Stopwatch clock) : IDisposable
{
    private const int HopelessStarts = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskUntilReady = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AskWhileIll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskWhileWell = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The resource.</summary>
    public Resource Resource => resource;

    /// <summary>What it wrote.</summary>
    public ResourceLog Log => log;

    /// <summary>How it is now.</summary>
    public ResourceStatus Status { get; private set; } = new() { State = "Waiting" };

    /// <summary>Ends when the resource is ready for the first time.</summary>
    public Task Ready => ready.Task;

    /// <summary>Makes <see cref="RunAsync"/> stop the process and end.</summary>
    public void Stop() => stop.Cancel();

    /// <summary>Runs the resource until it is stopped.</summary>
    /// <param name="waitsFor">What must be ready first.</param>
    /// <exception cref="DistributedApplicationException">It cannot run.</exception>
    public async Task RunAsync(IEnumerable<Supervisor> waitsFor)
    {
        try
        {
            await Task.WhenAll(waitsFor.Select(other => other.Ready)).WaitAsync(stop.Token);
            await RunAgainAndAgainAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped between two processes.
        }
        finally
        {
            await workload.EndAsync();
            Status = Status with { State = "Exited", Health = null, Pid = null };
        }
    }

    public void Dispose()
    {
        stop.Dispose();
        log.Dispose();
    }

    private async Task RunAgainAndAgainAsync()
    {
        var pause = FirstPause;
        while (true)
        {
            Status = Status with { State = "Starting", Health = null };
            var launch = await workload.PrepareAsync(stop.Token);
            stop.Token.ThrowIfCancellationRequested();
            var started = clock.Elapsed;
            var exitCode = await RunOnceAsync(launch);
            stop.Token.ThrowIfCancellationRequested();

            log.Write($"ended with exit code {exitCode}; starting it again in {pause.TotalSeconds:0.0} s");
            Status = Status with { State = "Restarting", Health = null, Pid = null, Detail = $"exit code {exitCode}", Restarts = Status.Restarts + 1 };
            if (!ready.Task.IsCompleted && Status.Restarts == HopelessStarts)
            {
                throw new DistributedApplicationException($"Resource '{resource.Name}' ended {HopelessStarts} times before it was ready: its log says why.");
            }

            pause = clock.Elapsed - started > StableAfter ? FirstPause : pause;
            await Task.Delay(pause, stop.Token);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<int> RunOnceAsync(Launch launch)
    {
        var child = await ChildProcess.StartAsync(launch, log.Write);
        records.Add(resource.Name, child.Id);
        Status = Status with { State = "Running", Health = "Unhealthy", Detail = null, Pid = child.Id };

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var watch = WatchHealthAsync(ended.Token);
        var stopped = Task.Delay(Timeout.Infinite, ended.Token);
        // The watch ends first only by a defect, which ends the application.
        await Task.WhenAny(child.Exited, stopped, watch);
        await ended.CancelAsync();
        if (!child.Exited.IsCompleted)
        {
            Status = Status with { State = "Stopping", Health = null };
            await child.StopAsync(workload.StopSignal, Grace);
        }

        records.Remove(resource.Name);
        await watch;
        return await child.Exited;
    }

    private async Task WatchHealthAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                var fault = await workload.FindFaultAsync(ended);
                if (fault is null && !ready.Task.IsCompleted)
                {
                    Status = Status with { ReadyAfterSeconds = Math.Round(clock.Elapsed.TotalSeconds, 2) };
                }

                ended.ThrowIfCancellationRequested();
                Status = Status with { Health = fault is not null ? "Unhealthy" : workload.Warning is not null ? "Degraded" : "Healthy", Detail = fault ?? workload.Warning };
                if (fault is null)
                {
                    ready.TrySetResult();
                }

                await Task.Delay(fault is null ? AskWhileWell : ready.Task.IsCompleted ? AskWhileIll : AskUntilReady, ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The process ended or is being stopped.
        }
    }
}

using System.Diagnostics;

namespace Equecel.Benchmarks.Load;

/// <summary>Ways to make calls: as many as the platform takes, or so many a second whatever it does.</summary>
internal static class Loops
{
    /// <summary>Keeps a number of calls in flight.</summary>
    /// <param name="inFlight">The number.</param>
    /// <param name="duration">For how long new calls begin.</param>
    /// <param name="call">Makes one; is told which of the callers it is for.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How long the calls took, and calls a second.</returns>
    public static async Task<(Latencies Latencies, double PerSecond)> ClosedAsync(
        int inFlight, TimeSpan duration, Func<int, Task> call, CancellationToken cancellation)
    {
        var latencies = new Latencies();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async caller =>
        {
            await Task.Yield();
            while (Stopwatch.GetElapsedTime(start) < duration && !cancellation.IsCancellationRequested)
            {
                await latencies.TimeAsync(() => call(caller));
            }
        }));
        cancellation.ThrowIfCancellationRequested();
        return (latencies, latencies.Count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Begins calls at a fixed rate, whether or not those before have been answered.</summary>
    /// <param name="perSecond">The rate.</param>
    /// <param name="duration">For how long calls begin.</param>
    /// <param name="call">Makes one; is told its number, from 0.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<Latencies> OpenAsync(int perSecond, TimeSpan duration, Func<int, Task> call, CancellationToken cancellation)
    {
        var latencies = new Latencies();
        var calls = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        var count = (int)(perSecond * duration.TotalSeconds);
        while (calls.Count < count)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond) + 1);
            while (calls.Count < due)
            {
                var number = calls.Count;
                calls.Add(latencies.TimeAsync(() => call(number)));
            }

            var next = TimeSpan.FromSeconds(calls.Count / (double)perSecond) - Stopwatch.GetElapsedTime(start);
            await Task.Delay(next > TimeSpan.Zero ? next : TimeSpan.Zero, cancellation);
        }

        await Task.WhenAll(calls);
        return latencies;
    }
}

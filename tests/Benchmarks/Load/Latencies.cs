using System.Diagnostics;

namespace Equecel.Benchmarks.Load;

/// <summary>How long calls took. Safe for threads.</summary>
internal sealed class Latencies
{
    private readonly List<double> milliseconds = [];

    /// <summary>Calls so far.</summary>
    public int Count
    {
        get
        {
            lock (milliseconds)
            {
                return milliseconds.Count;
            }
        }
    }

    /// <summary>Makes a call and keeps how long it took.</summary>
    public async Task TimeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        Add(Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Keeps how long one took.</summary>
    public void Add(TimeSpan time)
    {
        lock (milliseconds)
        {
            milliseconds.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>The time, in milliseconds, that a share of the calls did not exceed. Not a number without calls.</summary>
    /// <param name="share">The share, such as 0.99.</param>
    public double Percentile(double share)
    {
        lock (milliseconds)
        {
            milliseconds.Sort();
            return milliseconds.Count == 0 ? double.NaN : milliseconds[Math.Min((int)(share * milliseconds.Count), milliseconds.Count - 1)];
        }
    }

    /// <summary>Median and 99th percentile in words.</summary>
    public string Text() => FormattableString.Invariant($"p50 {Percentile(0.5):0.0} ms, p99 {Percentile(0.99):0.0} ms");
}

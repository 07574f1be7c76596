namespace Equecel.Analytics.Ingestion;

/// <summary>How long to wait before trying again: longer each time, and never the same for everybody.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">The longest.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int doublings;

    /// <summary>The next wait, up to a fifth shorter or longer.</summary>
    public TimeSpan Next()
    {
        var wait = Math.Min(first.TotalSeconds * Math.Pow(2, doublings++), longest.TotalSeconds);
        return TimeSpan.FromSeconds(wait * (0.8 + (0.4 * Random.Shared.NextDouble())));
    }

    /// <summary>Begins anew, after a success.</summary>
    public void Reset() => doublings = 0;
}

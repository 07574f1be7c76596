namespace Equecel.Benchmarks.Load;

/// <summary>Numbers without order, the same in every run. Not safe for threads.</summary>
/// <remarks>Source: Steele, Lea and Flood, SplitMix64, OOPSLA 2014.</remarks>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 up to, and without, a limit.</summary>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    /// <summary>A number from 0 up to, and without, 1.</summary>
    public double NextShare() => (NextBits() >> 11) / (double)(1UL << 53);

    private ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15;
        var bits = state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

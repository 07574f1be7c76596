using System.Text;

namespace Equecel.Cli.Study;

/// <summary>Random numbers that depend on nothing but a seed, a participant and what they are drawn for.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014): the same on every machine and runtime.</remarks>
internal sealed class Draw
{
    private ulong state;

    /// <summary>Begins a sequence of its own.</summary>
    /// <param name="seed">The study's seed.</param>
    /// <param name="participant">Number of the participant.</param>
    /// <param name="about">What is drawn. Another area draws another sequence, so that a change in one leaves the others.</param>
    public Draw(long seed, long participant, string about)
    {
        state = Mix(Mix((ulong)seed + 0x9E3779B97F4A7C15) ^ (ulong)participant);
        foreach (var sign in Encoding.UTF8.GetBytes(about))
        {
            state = Mix(state ^ sign);
        }
    }

    /// <summary>From 0 up to, but not, 1.</summary>
    public double Next()
    {
        state += 0x9E3779B97F4A7C15;
        return (Mix(state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Whether something of this probability happens.</summary>
    public bool Chance(double probability) => Next() < probability;

    /// <summary>A whole number of a range, its ends included; the lower end where the range is empty.</summary>
    public int Between(int low, int high) => low + (int)(Next() * Math.Max(1, high - low + 1));

    /// <summary>A number of a range, rounded to decimals.</summary>
    public double Between(double low, double high, int decimals) => Math.Round(low + (Next() * (high - low)), decimals);

    /// <summary>A number of the normal distribution, held within a range.</summary>
    public double Normal(double mean, double deviation, double low, double high) =>
        Math.Clamp(mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next())), low, high);

    /// <summary>Days of a log-normal distribution, held within a range.</summary>
    public int Days(int median, double spread, int low, int high) =>
        (int)Math.Round(Math.Clamp(median * Math.Exp(Normal(0, spread, -4, 4)), low, high));

    /// <summary>Days until something that happens at a constant rate, 1 or more.</summary>
    /// <param name="perDay">The rate.</param>
    public int DaysUntil(double perDay) => 1 + (int)Math.Min(100_000, -Math.Log(1 - Next()) / perDay);

    /// <summary>One of several.</summary>
    public T Pick<T>(params ReadOnlySpan<T> items) => items[Between(0, items.Length - 1)];

    /// <summary>Place of one of several that are not as likely.</summary>
    /// <param name="weights">How likely each is.</param>
    public int Weighed(params ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var left = Next() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

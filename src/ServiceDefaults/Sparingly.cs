namespace Equecel.ServiceDefaults;

/// <summary>Lets so much be told in a period, and counts the rest, so that a storm of it is known and fills nothing.</summary>
/// <param name="most">How much is told in a period.</param>
/// <param name="period">The period.</param>
/// <param name="tellRest">Is told how much more there was, a period after the first of it.</param>
/// <param name="time">Tells the time.</param>
public sealed class Sparingly(int most, TimeSpan period, Action<long> tellRest, TimeProvider time)
{
    private readonly Lock counting = new();
    private long since;
    private int told;
    private long rest;

    /// <summary>Whether the next one is to be told. If not, it is counted.</summary>
    public bool TellsNext()
    {
        lock (counting)
        {
            if (since == 0 || time.GetElapsedTime(since) >= period)
            {
                (since, told) = (time.GetTimestamp(), 0);
            }

            if (told < most)
            {
                told++;
                return true;
            }

            if (++rest == 1)
            {
                _ = TellRestAsync();
            }

            return false;
        }
    }

    private async Task TellRestAsync()
    {
        await Task.Delay(period, time);
        long counted;
        lock (counting)
        {
            (counted, rest) = (rest, 0);
        }

        tellRest(counted);
    }
}

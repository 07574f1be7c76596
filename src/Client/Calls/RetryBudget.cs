namespace Equecel.Client.Calls;

/// <summary>
/// How much the calls of a client may be sent again, all together, so that an outage is not multiplied by everyone who meets it: each failed
/// attempt takes a token, each success gives back a tenth, and with half of them or fewer nothing is sent again.
/// </summary>
/// <remarks>Source: gRPC proposal A6, client retries, section "Throttling Retry Attempts and Hedged RPCs".</remarks>
/// <param name="most">Tokens at most, and at the start.</param>
internal sealed class RetryBudget(int most = RetryBudget.Most)
{
    // A connection that is lost fails every call on it at once; that many are still sent again.
    private const int Most = 100;
    private const int Token = 10;

    // In tenths of a token.
    private int left = most * Token;

    /// <summary>Whether a failed call may be sent again now.</summary>
    public bool AllowsRetry => Volatile.Read(ref left) > most * Token / 2;

    /// <summary>Takes note of an attempt that failed.</summary>
    public void Fail() => Change(-Token);

    /// <summary>Takes note of an attempt that succeeded.</summary>
    public void Succeed() => Change(1);

    private void Change(int tenths)
    {
        int before;
        do
        {
            before = Volatile.Read(ref left);
        }
        while (Interlocked.CompareExchange(ref left, Math.Clamp(before + tenths, 0, most * Token), before) != before);
    }
}

namespace Equecel.EndToEnd.Tests.Running;

/// <summary>Asks again and again, for a while.</summary>
internal static class Eventually
{
    // Far more than a loaded machine needs; only a failing test waits so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Asks until there is nothing to complain about.</summary>
    /// <param name="complain">What is not so yet; null when all is well.</param>
    public static async Task IsAsync(Func<Task<string?>> complain)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (await complain() is { } complaint)
        {
            if (DateTimeOffset.UtcNow > end)
            {
                throw new TimeoutException(complaint);
            }

            await Task.Delay(Pause);
        }
    }
}

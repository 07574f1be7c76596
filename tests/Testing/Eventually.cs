namespace Equecel.Testing;

/// <summary>Waits for what will come to be, with a bound that only a failure meets.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Asks again and again until the answer is good.</summary>
    /// <typeparam name="T">Type of the answer.</typeparam>
    /// <param name="ask">Asks.</param>
    /// <param name="good">Whether the answer is good.</param>
    /// <returns>The good answer.</returns>
    /// <exception cref="TimeoutException">It is not good after a minute; the message has the last answer.</exception>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> good)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask();
            if (good(answer))
            {
                return answer;
            }

            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"Still {answer}.");
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Asks again and again until it is so.</summary>
    /// <param name="ask">Whether it is so.</param>
    /// <exception cref="TimeoutException">It is not so after a minute.</exception>
    public static Task TrueAsync(Func<bool> ask) => GetAsync(() => Task.FromResult(ask()), answer => answer);

    /// <summary>Asks until there is nothing to complain about.</summary>
    /// <param name="complain">What is not so yet; null when all is well.</param>
    /// <exception cref="TimeoutException">There still is after two minutes; the message is the last complaint.</exception>
    public static async Task IsAsync(Func<Task<string?>> complain)
    {
        using var patience = new CancellationTokenSource(2 * Patience);
        while (await complain() is { } complaint)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException(complaint);
            }

            await Task.Delay(150, CancellationToken.None);
        }
    }
}

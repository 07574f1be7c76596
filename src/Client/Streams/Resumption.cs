using System.Runtime.ExceptionServices;
using Equecel.Client.Calls;
using Equecel.Client.Tokens;
using Grpc.Core;

namespace Equecel.Client.Streams;

/// <summary>How long a stream that was cut is taken up again.</summary>
internal sealed class Resumption(EquecelClientOptions options, TokenSource tokens, RetryBudget budget)
{
    // A stream that stood so long was let in, even if nothing came: a feed is quiet while nothing changes.
    private static readonly TimeSpan Standing = TimeSpan.FromSeconds(30);

    private int attempt;
    private bool refused;
    private bool underWay;
    private bool stands;
    private DateTimeOffset startTime;
    private DateTimeOffset firstFailureTime;

    /// <summary>Takes note that the stream is opened.</summary>
    public void Start()
    {
        startTime = options.Time.GetUtcNow();
        stands = false;
    }

    /// <summary>Takes note that something came, so that the stream stands.</summary>
    public void Progress()
    {
        if (!stands)
        {
            budget.Succeed();
        }

        stands = true;
        underWay = true;
        attempt = 0;
        refused = false;
    }

    /// <summary>Waits until it is time to open the stream again.</summary>
    /// <param name="failure">How the stream ended.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RpcException">The failure, when the stream must not be opened again or has been away for too long.</exception>
    public async Task WaitAsync(RpcException failure, CancellationToken cancellationToken)
    {
        if (options.Time.GetUtcNow() - startTime >= Standing)
        {
            refused = false;
            stands = true;
            attempt = underWay ? 0 : attempt;
        }

        // One that stood and was cut is no sign of an outage yet; one that cannot be opened again is.
        if (!stands && RetryRule.IsOutage(failure))
        {
            budget.Fail();
        }

        if (failure.StatusCode == StatusCode.Unauthenticated && !refused && tokens.TryReplace(startTime))
        {
            // A stream outlives its token: the service ends it, and a new token takes it up again.
            refused = true;
            return;
        }

        firstFailureTime = ++attempt == 1 ? options.Time.GetUtcNow() : firstFailureTime;
        // One that never stood was probably sent to the wrong place; that should not take a minute to say. One that did is a single caller who waits longer each time.
        var givenUp = underWay ? options.Time.GetUtcNow() - firstFailureTime > options.StreamPatience : attempt >= options.MaxAttempts || !budget.AllowsRetry;
        if (givenUp || RetryRule.FindDelay(failure, attempt, options.FirstRetryDelay) is not { } delay)
        {
            ExceptionDispatchInfo.Throw(failure);
            return;
        }

        await Task.Delay(delay, options.Time, cancellationToken);
    }
}

using Equecel.Client.Tokens;
using Grpc.Core;

namespace Equecel.Client.Calls;

/// <summary>One unary call, over as many attempts as it takes and is worth.</summary>
internal sealed class UnaryCall<TResponse>(EquecelClientOptions options, TokenSource tokens, RetryBudget budget, CallOptions asked) : IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(asked.CancellationToken);
    private AsyncUnaryCall<TResponse>? last;

    /// <summary>Calls until there is an answer, or a failure that another attempt does not mend.</summary>
    /// <param name="begin">Begins one attempt.</param>
    public async Task<TResponse> RunAsync(Func<CallOptions, AsyncUnaryCall<TResponse>> begin)
    {
        var refused = false;
        for (var attempt = 1; ; attempt++)
        {
            var startTime = options.Time.GetUtcNow();
            try
            {
                last = begin(asked.WithCancellationToken(stop.Token).WithDeadline(asked.Deadline ?? DateTime.UtcNow + options.UnaryDeadline));
                var response = await last.ResponseAsync;
                budget.Succeed();
                return response;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated && !refused && tokens.TryReplace(startTime))
            {
                refused = true;
            }
            catch (RpcException e) when (FindDelay(e, attempt) is { } delay)
            {
                await Task.Delay(delay, options.Time, stop.Token);
            }
        }
    }

    /// <summary>Gives the headers of the attempt that counted.</summary>
    public async Task<Metadata> GetHeadersAsync(Task response)
    {
        await response.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return last is null ? [] : await last.ResponseHeadersAsync;
    }

    /// <summary>Gives the status of the attempt that counted.</summary>
    public Status GetStatus() => last!.GetStatus();

    /// <summary>Gives the trailers of the attempt that counted.</summary>
    public Metadata GetTrailers() => last!.GetTrailers();

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        last?.Dispose();
        stop.Dispose();
    }

    private TimeSpan? FindDelay(RpcException failure, int attempt)
    {
        if (stop.IsCancellationRequested)
        {
            return null;
        }

        if (RetryRule.IsOutage(failure))
        {
            budget.Fail();
        }

        return attempt >= options.MaxAttempts
            || !budget.AllowsRetry
            || RetryRule.FindDelay(failure, attempt, options.FirstRetryDelay) is not { } delay
            || DateTime.UtcNow + delay >= asked.Deadline
                ? null
                : delay;
    }
}

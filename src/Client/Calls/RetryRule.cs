using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Google.Rpc;
using Grpc.Core;
using StatusCode = Grpc.Core.StatusCode;

namespace Equecel.Client.Calls;

/// <summary>Whether a failed call may be sent again with the same request id, and after how long.</summary>
internal static class RetryRule
{
    private const string PushBackTrailer = "grpc-retry-pushback-ms";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPushBack = TimeSpan.FromSeconds(30);

    /// <summary>Finds how long to wait before the next attempt.</summary>
    /// <param name="failure">How the attempt failed; not because its caller gave up.</param>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="firstDelay">Wait after the first attempt.</param>
    /// <returns>The wait; null when the call must not be sent again.</returns>
    public static TimeSpan? FindDelay(RpcException failure, int attempt, TimeSpan firstDelay)
    {
        if (failure.StatusCode != StatusCode.ResourceExhausted && !IsPassing(failure))
        {
            return null;
        }

        if (failure.Trailers.GetValue(PushBackTrailer) is { } text)
        {
            // Negative or unreadable means: do not come again.
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                ? Within(TimeSpan.FromMilliseconds(milliseconds))
                : null;
        }

        if (failure.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay is { } hint)
        {
            return Within(hint.ToTimeSpan());
        }

        return failure.StatusCode == StatusCode.ResourceExhausted ? null : BackOff(attempt, firstDelay);
    }

    /// <summary>Whether a failure counts against the <see cref="RetryBudget"/>: the platform was away or overloaded, as another attempt would find.</summary>
    /// <param name="failure">How the attempt failed; not because its caller gave up.</param>
    public static bool IsOutage(RpcException failure) => IsPassing(failure) || FindDelay(failure, attempt: 1, TimeSpan.Zero) is not null;

    private static bool IsPassing(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => !WasUntrusted(failure),
        // The caller did not give up, so it was the connection.
        StatusCode.Cancelled => true,
        // A proxy that loses its service cuts the stream. That is not the INTERNAL of a service, which comes in trailers.
        StatusCode.Internal or StatusCode.Unknown => Causes(failure).Any(cause => cause is IOException or SocketException) && !WasUntrusted(failure),
        _ => false,
    };

    private static bool WasUntrusted(RpcException failure) => Causes(failure).Any(cause => cause is AuthenticationException);

    private static IEnumerable<Exception> Causes(RpcException failure)
    {
        for (var cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static TimeSpan? Within(TimeSpan pushBack) => pushBack <= LongestPushBack ? pushBack : null;

    private static TimeSpan BackOff(int attempt, TimeSpan firstDelay)
    {
        var delay = firstDelay * Math.Pow(2, Math.Min(attempt, 20) - 1);
#pragma warning disable CA5394 // Jitter keeps callers from coming back together; it is no secret.
        return (delay < LongestDelay ? delay : LongestDelay) * (0.8 + (0.4 * Random.Shared.NextDouble()));
#pragma warning restore CA5394
    }
}

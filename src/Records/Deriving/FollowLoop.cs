using System.Collections.Concurrent;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Equecel.Records.Deriving;

/// <summary>
/// Starts what follows the journal, or another service's feed, again after a failure, from its stored position, until the service stops;
/// and knows which of them fail.
/// </summary>
internal sealed class FollowLoop(TimeProvider time, ILogger<FollowLoop> logger)
{
    private readonly ConcurrentDictionary<string, FollowerFailure> failures = new();

    /// <summary>Followers that have failed since they last got on, who has for longest first.</summary>
    public IReadOnlyList<FollowerFailure> Failures =>
        [.. failures.Values.OrderBy(failure => failure.FailingSince.ToDateTimeOffset()).ThenBy(failure => failure.Follower, StringComparer.Ordinal)];

    /// <summary>Runs a follower.</summary>
    /// <param name="follower">Its name: the kind of the records that it makes, or the feed that it follows.</param>
    /// <param name="follow">Follows; calls its argument whenever it has got on, or has found nothing new.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(string follower, Func<Action, Task> follow, CancellationToken stopping)
    {
        for (var failed = 0; !stopping.IsCancellationRequested; failed++)
        {
            try
            {
                await follow(() =>
                {
                    failed = 0;
                    failures.TryRemove(follower, out _);
                });
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, it is tried again from the stored position.
                var why = BackgroundFailure.Count(follower, e);
                Note(follower, why);
                if (failed % 20 == 0)
                {
                    logger.LogWarning("Deriving {Kind} starts again after {Failure}", follower, why);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(250 << Math.Min(failed, 5), 5_000)), stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Note(string follower, string why)
    {
        var since = failures.TryGetValue(follower, out var known) ? known.FailingSince : Timestamp.FromDateTimeOffset(time.GetUtcNow());
        failures[follower] = new FollowerFailure { Follower = follower, FailingSince = since, LastFailure = why };
    }
}

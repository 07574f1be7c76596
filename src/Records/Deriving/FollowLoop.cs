using Equecel.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace Equecel.Records.Deriving;

/// <summary>Starts what follows the journal again after a failure, from its stored position, until the service stops.</summary>
internal static class FollowLoop
{
    /// <summary>Runs it.</summary>
    /// <param name="kind">Kind of the records that it makes.</param>
    /// <param name="follow">Follows the journal; calls its argument whenever it has got on.</param>
    /// <param name="logger">Told of failures.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task RunAsync(string kind, Func<Action, Task> follow, ILogger logger, CancellationToken stopping)
    {
        for (var failures = 0; !stopping.IsCancellationRequested; failures++)
        {
            try
            {
                await follow(() => failures = 0);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, it is tried again from the stored position.
                var name = BackgroundFailure.Count(kind, e);
                if (failures % 20 == 0)
                {
                    logger.LogWarning("Deriving {Kind} starts again after {Failure}", kind, name);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(250 << Math.Min(failures, 5), 5_000)), stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

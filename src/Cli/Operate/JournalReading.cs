using Equecel.Cli.Common;
using Equecel.Client;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Cli.Operate;

/// <summary>How one capture service says that its journal stands.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Status">What it says; null when it does not answer.</param>
/// <param name="Failure">Why it does not answer; null when it does.</param>
internal sealed record JournalReading(string Service, JournalStatus? Status, RpcException? Failure)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Asks every capture service.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static Task<JournalReading[]> ReadAsync(EquecelClient client, CancellationToken cancellationToken) =>
        Task.WhenAll(JournalCalls.All(client).Select(journal => ReadAsync(journal, cancellationToken)));

    /// <summary>What an operator should look into at the service.</summary>
    /// <param name="now">The time.</param>
    /// <returns>A sentence for each; none when all is well.</returns>
    public IEnumerable<string> Alarms(DateTimeOffset now)
    {
        if (Status is null)
        {
            yield return $"{Service} does not answer ({Failure!.StatusCode}). Look at its log; what sites send to it is refused meanwhile, and nothing is half saved.";
            yield break;
        }

        if (Status.Relay?.OldestUnpublishedTime is { } oldest && now - oldest.ToDateTimeOffset() > Patience)
        {
            var why = Status.Relay.LastFailure.Length > 0 ? $" (last failure: {Status.Relay.LastFailure})" : "";
            yield return $"{Service} has {Status.Relay.UnpublishedCount} version(s) unpublished, the oldest since {oldest.ToDateTimeOffset():u}{why}. "
                + "Look at the broker; saves go on.";
        }

        foreach (var failure in Status.FollowerFailures.Where(failure => now - failure.FailingSince.ToDateTimeOffset() > Patience))
        {
            yield return $"{Service} has not followed up what was saved with {failure.Follower} since {failure.FailingSince.ToDateTimeOffset():u} "
                + $"(last failure: {failure.LastFailure}). What it computes is as it was then, and made up when the cause is gone. Look at its log; saves go on.";
        }

        if (Status.HorizonAgeSeconds > Patience.TotalSeconds)
        {
            yield return $"A transaction has been writing on the database server of {Service} for {Status.HorizonAgeSeconds:0} s, and hides what was saved since. "
                + "Find it in pg_stat_activity and end it.";
        }
    }

    private static async Task<JournalReading> ReadAsync(JournalCalls journal, CancellationToken cancellationToken)
    {
        try
        {
            return new JournalReading(journal.Service, await journal.Status(cancellationToken), Failure: null);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && !cancellationToken.IsCancellationRequested)
        {
            return new JournalReading(journal.Service, Status: null, e);
        }
    }
}

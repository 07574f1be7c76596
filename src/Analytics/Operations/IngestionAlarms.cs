using Equecel.Analytics.Ingestion;

namespace Equecel.Analytics.Operations;

/// <summary>What an operator should look into, and how.</summary>
internal static class IngestionAlarms
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Finds the alarms.</summary>
    /// <param name="figures">How the taking in stands.</param>
    /// <param name="now">The time.</param>
    /// <returns>A sentence for each; none when all is well.</returns>
    public static IReadOnlyList<string> Of(IngestionFigures figures, DateTimeOffset now) => [.. Find(figures, now)];

    private static IEnumerable<string> Find(IngestionFigures figures, DateTimeOffset now)
    {
        if (now - figures.NotConsumingSince > Patience)
        {
            yield return $"Nothing is consumed from the broker since {figures.NotConsumingSince:u}. Look at the broker; saves go on.";
        }

        if (now - figures.DatabaseAwaySince > Patience)
        {
            yield return $"Nothing can be stored since {figures.DatabaseAwaySince:u}. Look at the database of Analytics; messages wait at the broker.";
        }

        if (now - figures.CohortBehindSince > Patience)
        {
            yield return $"The cohort lacks what was stored since {figures.CohortBehindSince:u} and cannot be loaded anew. Look at the log of Analytics; "
                + "answers are of what was there before, as their data position says.";
        }

        if (figures.ParkedCount > 0)
        {
            yield return $"{figures.ParkedCount} message(s) could not be used, the oldest since {figures.OldestParkedTime:u}. "
                + "See equecel replay parked; when the cause is gone, equecel replay parked --all.";
        }

        if (figures.DeadCount > 0)
        {
            yield return $"{figures.DeadCount} message(s) wait in quarantine since {figures.OldestDeadTime:u}, after consumers died of them. "
                + "They are tried one by one; look at the log of Analytics if they stay.";
        }

        if (figures.HoleCount > 0)
        {
            yield return $"{figures.HoleCount} record(s) lack a version below their latest. Their owners were asked; see equecel reconcile.";
        }

        foreach (var (service, followed) in figures.Services)
        {
            if (now - followed.FeedAwaySince > Patience)
            {
                yield return $"The feed of {service} cannot be read since {followed.FeedAwaySince:u}. Look at {service}.";
            }

            if (followed.LastReconcile is { } last && last.MissingCount + last.ExtraCount + last.DifferentCount > 0)
            {
                yield return $"{service}: {last.MissingCount} version(s) missing, {last.ExtraCount} unknown to it, {last.DifferentCount} with another hash. "
                    + "See equecel reconcile and equecel verify-journal; nothing is deleted.";
            }
        }
    }
}

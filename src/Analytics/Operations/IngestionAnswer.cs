using Equecel.Analytics.Cohort;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Operations;

/// <summary>The figures as the contract has them.</summary>
internal static class IngestionAnswer
{
    /// <summary>Makes the answer.</summary>
    /// <param name="figures">How the taking in stands.</param>
    /// <param name="position">The data of the live cohort.</param>
    /// <param name="rebuild">A rebuild that runs; null without one.</param>
    /// <param name="now">The time.</param>
    public static IngestionStatus Of(IngestionFigures figures, CohortPosition position, RebuildProgress? rebuild, DateTimeOffset now)
    {
        var answer = new IngestionStatus
        {
            VersionCount = position.VersionCount,
            Freshness = position.NewestSaveTime is null ? null : position.Freshness.ToDuration(),
            Consuming = figures.NotConsumingSince is null,
            OldestDeadTime = figures.OldestDeadTime?.ToTimestamp(),
            ParkedCount = figures.ParkedCount,
            OldestParkedTime = figures.OldestParkedTime?.ToTimestamp(),
            HoleCount = figures.HoleCount,
            Rebuild = rebuild,
            Services = { figures.Services.Select(service => Service(service.Key, service.Value, position)) },
            Alarms = { IngestionAlarms.Of(figures, now) },
        };
        if (figures.QueuedCount is { } queued)
        {
            answer.QueuedCount = queued;
        }

        if (figures.DeadCount is { } dead)
        {
            answer.DeadCount = dead;
        }

        return answer;
    }

    private static FollowedService Service(string name, FollowedFigures figures, CohortPosition position)
    {
        var hasSent = position.Services.TryGetValue(name, out var sent);
        return new FollowedService
        {
            Service = name,
            VersionCount = sent.Count,
            NewestSaveTime = hasSent ? sent.NewestSaveTime.ToTimestamp() : null,
            FeedReadTime = figures.FeedReadTime?.ToTimestamp(),
            LastReconcile = figures.LastReconcile,
        };
    }
}

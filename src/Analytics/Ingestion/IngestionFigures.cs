using System.Collections.Immutable;

namespace Equecel.Analytics.Ingestion;

/// <summary>How the taking in stands at one moment.</summary>
internal sealed record IngestionFigures
{
    /// <summary>Since when nothing is consumed from the broker; null while it is.</summary>
    public DateTimeOffset? NotConsumingSince { get; init; }

    /// <summary>Since when nothing can be stored; null while it can.</summary>
    public DateTimeOffset? DatabaseAwaySince { get; init; }

    /// <summary>Since when the cohort in memory lacks something that is stored; null while it has all.</summary>
    public DateTimeOffset? CohortBehindSince { get; init; }

    /// <summary>Messages that wait at the broker; null when it cannot be asked.</summary>
    public long? QueuedCount { get; init; }

    /// <summary>Messages that consumers died of; null when the broker cannot be asked.</summary>
    public long? DeadCount { get; init; }

    /// <summary>Since when there have been dead ones; null without any.</summary>
    public DateTimeOffset? OldestDeadTime { get; init; }

    /// <summary>Messages that are parked.</summary>
    public long ParkedCount { get; init; }

    /// <summary>When the oldest was parked; null without any.</summary>
    public DateTimeOffset? OldestParkedTime { get; init; }

    /// <summary>Records that lack a version below their latest.</summary>
    public long HoleCount { get; init; }

    /// <summary>The capture services, by name.</summary>
    public ImmutableSortedDictionary<string, FollowedFigures> Services { get; init; } =
        ImmutableSortedDictionary.Create<string, FollowedFigures>(StringComparer.Ordinal);
}

/// <summary>How one capture service is followed.</summary>
internal sealed record FollowedFigures
{
    /// <summary>When its feed was last read to the end; null when it was not since the start.</summary>
    public DateTimeOffset? FeedReadTime { get; init; }

    /// <summary>Since when its feed cannot be read; null while it can.</summary>
    public DateTimeOffset? FeedAwaySince { get; init; }

    /// <summary>What the last comparison found; null when there was none since the start.</summary>
    public V1.ReconcileSummary? LastReconcile { get; init; }
}

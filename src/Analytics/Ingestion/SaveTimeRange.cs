namespace Equecel.Analytics.Ingestion;

/// <summary>A range of the time at which versions were saved.</summary>
/// <param name="From">Its start, inclusive; null for the beginning.</param>
/// <param name="To">Its end, exclusive.</param>
internal readonly record struct SaveTimeRange(DateTimeOffset? From, DateTimeOffset To)
{
    /// <summary>Whether it is too short to be halved.</summary>
    public bool IsShort => To - (From ?? DateTimeOffset.UnixEpoch) < TimeSpan.FromMilliseconds(2);

    /// <summary>An instant without what is less than a millisecond, so that both sides take it for the same.</summary>
    /// <param name="instant">The instant.</param>
    public static DateTimeOffset Whole(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerMillisecond));

    /// <summary>Its two halves. Nothing is expected before 1970, so the beginning counts as that.</summary>
    public (SaveTimeRange Left, SaveTimeRange Right) Halve()
    {
        var start = From ?? DateTimeOffset.UnixEpoch;
        var middle = Whole(start + ((To - start) / 2));
        return (this with { To = middle }, this with { From = middle });
    }
}

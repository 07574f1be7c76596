using Equecel.Common.V1;

namespace Equecel.Analytics.Cohort;

/// <summary>What the endpoints need of one version of a participant's record, in eight bytes.</summary>
internal readonly record struct RecordFact
{
    private readonly DateOnly first;
    private readonly byte origin;
    private readonly bool isMonth;

    /// <summary>Takes what the form says.</summary>
    /// <param name="kind">What the record is about.</param>
    /// <param name="origin">Where the data came from.</param>
    /// <param name="isActive">Whether the version counts; false when it was retracted.</param>
    /// <param name="date">
    /// The date that matters of it: of the infusion in China, last known alive, of death. Null when the form leaves it out or has none.
    /// </param>
    public RecordFact(RecordKind kind, DataOrigin origin, bool isActive, PartialDate? date = null)
    {
        Kind = kind;
        IsActive = isActive;
        this.origin = (byte)origin;
        first = date?.First ?? default;
        isMonth = date?.IsMonth ?? false;
    }

    /// <summary>What the record is about.</summary>
    public RecordKind Kind { get; }

    /// <summary>Whether the version counts; false when it was retracted.</summary>
    public bool IsActive { get; }

    /// <summary>Where the data came from.</summary>
    public DataOrigin Origin => (DataOrigin)origin;

    /// <summary>The date that matters of it; null without one.</summary>
    public PartialDate? Date => first == default ? null : new PartialDate(first, isMonth);
}

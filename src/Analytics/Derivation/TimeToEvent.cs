using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Derivation;

/// <summary>One participant in an analysis of time.</summary>
/// <param name="Date">When the time ended.</param>
/// <param name="Days">Days from the origin, which is day 1 (CDISC <c>AVAL</c>, convention A).</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">What ended it.</param>
internal readonly record struct TimeToEvent(DateOnly Date, int Days, CompetingOutcome Outcome, EndReason Reason)
{
    /// <summary>The same without its date.</summary>
    public EndedTime Ended => new(Days, Outcome, Reason);

    /// <summary>Whether the event happened; false is censored or precluded.</summary>
    public bool IsEvent => Outcome == CompetingOutcome.Event;

    /// <summary>The event.</summary>
    /// <param name="date">When it happened.</param>
    /// <param name="origin">Day 1.</param>
    /// <param name="reason">What it is.</param>
    public static TimeToEvent Event(DateOnly date, DateOnly origin, EndReason reason) =>
        new(date, StudyDay.Of(date, origin), CompetingOutcome.Event, reason);

    /// <summary>An event that precludes the one of interest.</summary>
    /// <param name="date">When it happened.</param>
    /// <param name="origin">Day 1.</param>
    /// <param name="reason">What it is.</param>
    public static TimeToEvent Competing(DateOnly date, DateOnly origin, EndReason reason) =>
        new(date, StudyDay.Of(date, origin), CompetingOutcome.CompetingEvent, reason);

    /// <summary>No event while under observation.</summary>
    /// <param name="date">The end of observation; the origin when null.</param>
    /// <param name="origin">Day 1.</param>
    /// <param name="reason">Why it ended.</param>
    public static TimeToEvent Censored(DateOnly? date, DateOnly origin, EndReason reason) =>
        new(date ?? origin, StudyDay.Of(date ?? origin, origin), CompetingOutcome.Censored, reason);
}

using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Derivation;

/// <summary>How long a participant's time was, and what ended it.</summary>
/// <param name="Days">Days from the origin, which is day 1.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">What ended it.</param>
internal readonly record struct EndedTime(int Days, CompetingOutcome Outcome, EndReason Reason);

namespace Equecel.Analytics.Statistics;

/// <summary>What happened at one distinct time.</summary>
/// <param name="Time">The time since origin, in the unit of the input (study days).</param>
/// <param name="AtRisk">Subjects still under observation just before this time; those censored at it are among them.</param>
/// <param name="Events">Subjects with the event at this time.</param>
/// <param name="Censored">Subjects last seen without the event at this time.</param>
internal readonly record struct EventRow(double Time, int AtRisk, int Events, int Censored);

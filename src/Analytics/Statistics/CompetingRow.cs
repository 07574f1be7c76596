namespace Equecel.Analytics.Statistics;

/// <summary>What happened at one distinct time where two events compete.</summary>
/// <param name="Time">The time since origin, in the unit of the input (study days).</param>
/// <param name="AtRisk">Subjects still under observation just before this time; those censored at it are among them.</param>
/// <param name="Events">Subjects with the event of interest at this time.</param>
/// <param name="CompetingEvents">Subjects with the competing event at this time.</param>
/// <param name="Censored">Subjects last seen without either at this time.</param>
internal readonly record struct CompetingRow(double Time, int AtRisk, int Events, int CompetingEvents, int Censored);

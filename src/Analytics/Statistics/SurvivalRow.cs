namespace Equecel.Analytics.Statistics;

/// <summary>One step of a survival curve: the counts at a distinct time and the estimates from then on.</summary>
/// <param name="Time">The time since origin, in the unit of the input.</param>
/// <param name="AtRisk">Subjects under observation just before this time.</param>
/// <param name="Events">Subjects with the event at this time.</param>
/// <param name="Censored">Subjects last seen without the event at this time.</param>
/// <param name="Survival">Probability of no event up to and including this time (Kaplan-Meier).</param>
/// <param name="StandardError">Greenwood's standard error of it; null once nobody is left.</param>
/// <param name="CumulativeHazard">Nelson-Aalen estimate.</param>
/// <param name="CumulativeHazardError">Standard error of it.</param>
/// <param name="Lower">Lower limit of the probability; null where there is none.</param>
/// <param name="Upper">Upper limit of the probability; null where there is none.</param>
internal readonly record struct SurvivalRow(
    double Time,
    int AtRisk,
    int Events,
    int Censored,
    double Survival,
    double? StandardError,
    double CumulativeHazard,
    double CumulativeHazardError,
    double? Lower,
    double? Upper);

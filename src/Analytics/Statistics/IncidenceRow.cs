namespace Equecel.Analytics.Statistics;

/// <summary>One step of a cumulative incidence: the counts at a distinct time and the estimates from then on.</summary>
/// <param name="Counts">What happened at this time.</param>
/// <param name="EventFree">Probability of neither event up to and including this time.</param>
/// <param name="Incidence">Probability of the event of interest up to and including this time.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">Lower limit; null while the incidence is 0 or 1.</param>
/// <param name="Upper">Upper limit; null while the incidence is 0 or 1.</param>
internal readonly record struct IncidenceRow(
    CompetingRow Counts,
    double EventFree,
    double Incidence,
    double StandardError,
    double? Lower,
    double? Upper);

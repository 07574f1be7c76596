namespace Equecel.Analytics.Statistics;

/// <summary>What a cumulative incidence says about one time.</summary>
/// <param name="Time">The time asked for.</param>
/// <param name="AtRisk">Subjects under observation just before it.</param>
/// <param name="EventCount">Subjects with the event of interest up to and including it.</param>
/// <param name="CompetingEventCount">Subjects with the competing event up to and including it.</param>
/// <param name="IsBeyondLastFollowUp">Whether nobody was followed as long.</param>
/// <param name="Incidence">Probability of the event up to and including it; null when not estimable.</param>
/// <param name="StandardError">Its standard error; null when not estimable.</param>
/// <param name="Lower">Lower limit; null when not estimable.</param>
/// <param name="Upper">Upper limit; null when not estimable.</param>
internal readonly record struct IncidenceAt(
    double Time,
    int AtRisk,
    int EventCount,
    int CompetingEventCount,
    bool IsBeyondLastFollowUp,
    double? Incidence,
    double? StandardError,
    double? Lower,
    double? Upper)
{
    /// <summary>Why there is no estimate; null when there is one.</summary>
    public NotEstimable? Reason => Incidence is not null
        ? null
        : IsBeyondLastFollowUp ? NotEstimable.BeyondLastFollowUp : NotEstimable.NoSubjects;
}

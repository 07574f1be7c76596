namespace Equecel.Analytics.Statistics;

/// <summary>What a survival curve says about one time.</summary>
/// <param name="Time">The time asked for.</param>
/// <param name="AtRisk">Subjects under observation just before it.</param>
/// <param name="EventCount">Subjects with the event up to and including it.</param>
/// <param name="CensoredCount">Subjects censored up to and including it.</param>
/// <param name="IsBeyondLastFollowUp">Whether nobody was followed as long.</param>
/// <param name="Survival">Probability of no event up to and including it; null when not estimable.</param>
/// <param name="StandardError">Greenwood's standard error; null when not estimable.</param>
/// <param name="Lower">Lower limit; null when not estimable.</param>
/// <param name="Upper">Upper limit; null when not estimable.</param>
internal readonly record struct SurvivalAt(
    double Time,
    int AtRisk,
    int EventCount,
    int CensoredCount,
    bool IsBeyondLastFollowUp,
    double? Survival,
    double? StandardError,
    double? Lower,
    double? Upper)
{
    /// <summary>Why there is no estimate; null when there is one.</summary>
    public NotEstimable? Reason => Survival is not null
        ? null
        : IsBeyondLastFollowUp ? NotEstimable.BeyondLastFollowUp : NotEstimable.NoSubjects;
}

namespace Equecel.Analytics.Statistics;

/// <summary>The time by which a share of the subjects had the event.</summary>
/// <param name="Share">The share: 0.5 for the median.</param>
/// <param name="Value">The time; null when not reached.</param>
/// <param name="Lower">Lower limit; null when there is none.</param>
/// <param name="Upper">Upper limit; null when there is none.</param>
/// <param name="FlatFrom">
/// Set when the curve stays at exactly this share from here to the end of follow-up. The value is then the middle of the flat
/// part and moves with the cut-off date, which a report should say; R's <c>print(survfit)</c> shows this start instead.
/// </param>
internal readonly record struct SurvivalQuantile(double Share, double? Value, double? Lower, double? Upper, double? FlatFrom)
{
    /// <summary>Why there is no time; null when there is one.</summary>
    public NotEstimable? Reason { get; init; }
}

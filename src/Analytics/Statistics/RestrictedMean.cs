namespace Equecel.Analytics.Statistics;

/// <summary>The mean time without the event up to a horizon: the area under the survival curve.</summary>
/// <param name="Horizon">The horizon, in the unit of the input.</param>
/// <param name="Mean">The mean, in the same unit.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">Lower limit, symmetric around the mean.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="IsBeyondLastFollowUp">Whether nobody was followed up to the horizon.</param>
internal readonly record struct RestrictedMean(
    double Horizon,
    double Mean,
    double StandardError,
    double Lower,
    double Upper,
    bool IsBeyondLastFollowUp);

namespace Equecel.Analytics.Report.Drawing;

/// <summary>A bar for a share of the participants.</summary>
/// <param name="Label">What the share is of.</param>
/// <param name="Percent">The share in percent; null when it is not estimable.</param>
/// <param name="Lower">Lower confidence limit in percent; null where there is none.</param>
/// <param name="Upper">Upper confidence limit in percent; null where there is none.</param>
/// <param name="Short">The number, as briefly as a phone needs it.</param>
/// <param name="Full">The number with its interval, or why there is none.</param>
internal sealed record ShareBar(string Label, double? Percent, double? Lower, double? Upper, string Short, string Full);

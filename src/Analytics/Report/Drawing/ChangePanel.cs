namespace Equecel.Analytics.Report.Drawing;

/// <summary>How a score changed from baseline, visit by visit.</summary>
/// <param name="Label">The score.</param>
/// <param name="HighIsGood">Whether a higher score is better.</param>
/// <param name="Changes">Weeks after infusion and the mean change, with its limits where they are estimable.</param>
internal sealed record ChangePanel(string Label, bool HighIsGood, IReadOnlyList<(int Week, double Mean, double? Lower, double? Upper)> Changes);

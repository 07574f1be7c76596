namespace Equecel.Analytics.Report.Drawing;

/// <summary>A step of a curve.</summary>
/// <param name="Days">Days from infusion.</param>
/// <param name="Value">The share from then on, 0 to 1.</param>
/// <param name="Lower">Lower confidence limit; null where it is not estimable.</param>
/// <param name="Upper">Upper confidence limit; null where it is not estimable.</param>
/// <param name="IsCensored">Whether somebody was censored then.</param>
internal readonly record struct CurveStep(double Days, double Value, double? Lower, double? Upper, bool IsCensored);

/// <summary>A curve to draw.</summary>
/// <param name="Label">Whose it is.</param>
/// <param name="Style">Class of the line: they differ in colour and in dashes.</param>
/// <param name="Start">The share at the beginning: 1 of those who survive, 0 of those who respond.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="AtRisk">Participants at risk at each of <see cref="ReportQuestion.Months"/>.</param>
/// <param name="WithBand">Whether its interval is drawn.</param>
internal sealed record CurveLine(string Label, string Style, double Start, IReadOnlyList<CurveStep> Steps, IReadOnlyList<long> AtRisk, bool WithBand)
{
    /// <summary>The curve as far as an axis reaches. Steps after its end are left out: drawn at the end they would be a fall that nobody saw.</summary>
    /// <param name="days">Days that the axis reaches to.</param>
    public CurveLine Within(double days)
    {
        var shown = Steps.TakeWhile(step => step.Days <= days).ToList();
        var end = shown.Count == 0 ? new CurveStep(days, Start, null, null, IsCensored: false) : shown[^1] with { Days = days, IsCensored = false };
        return shown.Count == Steps.Count ? this : this with { Steps = [.. shown, end] };
    }
}

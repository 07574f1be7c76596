namespace Equecel.Analytics.Report.Parts;

/// <summary>A line of a table.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Level">How far it is indented.</param>
/// <param name="IsHeading">Whether it heads the lines below it and has no cells.</param>
/// <param name="Cells">The cells.</param>
internal sealed record TableLine(string Label, int Level, bool IsHeading, IReadOnlyList<string> Cells)
{
    /// <summary>A line that is not indented.</summary>
    /// <param name="label">What it is about.</param>
    /// <param name="cells">The cells.</param>
    public static TableLine Of(string label, IEnumerable<string> cells) => new(label, 0, false, [.. cells]);
}

namespace Equecel.Analytics.Derivation;

/// <summary>An adequate assessment: after the infusion, not after the cut-off, with a category. All of one day are one.</summary>
/// <param name="Date">The day.</param>
/// <param name="Highest">The category as recorded; progression if any assessment of the day says so, else the best of them.</param>
/// <param name="Lowest">What all assessments of the day agree on; a confirmation must not rest on the better of two that differ.</param>
/// <param name="IsProgressionCertain">Whether the day's progression needs no second assessment.</param>
internal readonly record struct AssessedDay(DateOnly Date, ResponseCategory Highest, ResponseCategory Lowest, bool IsProgressionCertain)
{
    /// <summary>Whether the day shows a progression.</summary>
    public bool IsProgression => Lowest == ResponseCategory.ProgressiveDisease;
}

namespace Equecel.Analytics.Derivation;

/// <summary>What one assessment of the disease says, as far as the endpoints ask.</summary>
/// <param name="Date">Date of the response.</param>
/// <param name="Investigator">The investigator's category; null when none was given.</param>
/// <param name="ComputedConfirmed">What the IMWG algorithm takes as confirmed up to this assessment; null when not computed.</param>
/// <param name="IsProgressionCertain">Whether a progression needs no second assessment: imaging, a new lesion, the marrow.</param>
internal readonly record struct ResponseAssessment(
    DateOnly Date,
    ResponseCategory? Investigator,
    ResponseCategory? ComputedConfirmed = null,
    bool IsProgressionCertain = false);

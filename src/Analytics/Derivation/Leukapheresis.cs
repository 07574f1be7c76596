namespace Equecel.Analytics.Derivation;

/// <summary>A collection of cells.</summary>
/// <param name="Date">Its date.</param>
/// <param name="IsSuccessful">Whether it gave enough cells; null when not known.</param>
internal readonly record struct Leukapheresis(DateOnly Date, bool? IsSuccessful);

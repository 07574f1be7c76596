namespace Equecel.Analytics.Derivation;

/// <summary>A stay in hospital, or in intensive care.</summary>
/// <param name="Admission">Day of admission.</param>
/// <param name="Discharge">Day of discharge, not before admission; null while it goes on.</param>
internal readonly record struct HospitalStay(DateOnly Admission, DateOnly? Discharge);

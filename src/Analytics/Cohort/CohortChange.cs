namespace Equecel.Analytics.Cohort;

/// <summary>A version of a participant's record, as the cohort takes it in.</summary>
/// <param name="Participant">Whose it is.</param>
/// <param name="Site">Code of the participant's site.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its version, 1 or more.</param>
/// <param name="Fact">What it says.</param>
internal readonly record struct CohortChange(ParticipantCode Participant, string Site, Guid RecordId, int Version, RecordFact Fact);

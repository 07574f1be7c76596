namespace Equecel.Faults.Tests.Driving;

/// <summary>A record as its sender knows it.</summary>
/// <param name="Service">The capture service.</param>
/// <param name="Kind">The form.</param>
/// <param name="Participant">The participant.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its latest version.</param>
/// <param name="Content">Hash of its content.</param>
/// <param name="Retracted">Whether it is marked as entered in error.</param>
internal sealed record KnownRecord(string Service, string Kind, string Participant, string RecordId, int Version, string Content, bool Retracted);

using Equecel.Common.V1;

namespace Equecel.StudyRules;

/// <summary>What the visit schedule asks of a participant.</summary>
/// <param name="InfusionDate">Date of the first infusion; null before it.</param>
/// <param name="Origin">Where the participant comes from.</param>
/// <param name="EndDate">The last day of which something may be collected; null while it goes on.</param>
public readonly record struct ScheduledParticipant(DateOnly? InfusionDate, DataOrigin Origin, DateOnly? EndDate);

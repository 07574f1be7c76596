using Equecel.Enrolment.V1;

namespace Equecel.Records.Verbs;

/// <summary>What rows of an import that were only checked would have changed. Nothing of it is saved, and later rows count on it.</summary>
internal sealed class Foreseen
{
    /// <summary>What would be known, by code of participant or site.</summary>
    public Dictionary<string, ParticipantFacts> Facts { get; } = [];

    /// <summary>What would be saved.</summary>
    public OtherRecords Others { get; } = new();
}

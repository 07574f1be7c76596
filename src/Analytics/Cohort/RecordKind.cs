namespace Equecel.Analytics.Cohort;

/// <summary>What a record is about, as far as the endpoints ask.</summary>
internal enum RecordKind : byte
{
    /// <summary>Consent and baseline.</summary>
    Participation,

    /// <summary>An infusion.</summary>
    Infusion,

    /// <summary>A follow-up.</summary>
    FollowUp,

    /// <summary>A death.</summary>
    Death,

    /// <summary>An assessment of the disease, or a response computed from it.</summary>
    Assessment,
}

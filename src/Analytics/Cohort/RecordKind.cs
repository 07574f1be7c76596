namespace Equecel.Analytics.Cohort;

/// <summary>What a record is about, as far as the endpoints ask.</summary>
internal enum RecordKind : byte
{
    /// <summary>Consent and baseline.</summary>
    Participation,

    /// <summary>An infusion.</summary>
    Infusion,

    /// <summary>A death.</summary>
    Death,

    /// <summary>Anything else; its date, if it has one, proves that the participant was alive.</summary>
    Contact,
}

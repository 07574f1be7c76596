namespace Equecel.Analytics.Derivation;

/// <summary>What censors progression-free survival beside the end of follow-up.</summary>
[Flags]
internal enum PfsCensoring
{
    /// <summary>Nothing: the primary analysis.</summary>
    None = 0,

    /// <summary>New anti-myeloma therapy before the event: sensitivity analysis S1.</summary>
    NewTherapy = 1,

    /// <summary>Two or more missed assessments just before the event: sensitivity analysis S2.</summary>
    MissedAssessments = 2,
}

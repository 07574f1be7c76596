namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Levels of response. A deeper one is greater; what cannot be evaluated and progression come before all.</summary>
internal enum ResponseLevel
{
    /// <summary>NE: cannot be evaluated.</summary>
    NotEvaluable,

    /// <summary>PD: progressive disease.</summary>
    Progression,

    /// <summary>SD: stable disease.</summary>
    StableDisease,

    /// <summary>MR: minimal response.</summary>
    Minimal,

    /// <summary>PR: partial response.</summary>
    Partial,

    /// <summary>VGPR: very good partial response.</summary>
    VeryGoodPartial,

    /// <summary>CR: complete response.</summary>
    Complete,

    /// <summary>sCR: stringent complete response.</summary>
    StringentComplete,
}

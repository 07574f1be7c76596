namespace Equecel.Analytics.Derivation;

/// <summary>What ended the time of a participant in an analysis.</summary>
internal enum EndReason
{
    /// <summary>The response was reached.</summary>
    Response,

    /// <summary>Progression.</summary>
    Progression,

    /// <summary>Death.</summary>
    Death,

    /// <summary>New anti-myeloma therapy started: it competes with a response, and may censor progression.</summary>
    NewTherapy,

    /// <summary>Nothing happened by the last adequate assessment.</summary>
    LastAssessment,

    /// <summary>No adequate assessment after the infusion.</summary>
    NoAssessment,

    /// <summary>Two or more scheduled assessments in a row were missed just before the event.</summary>
    MissedAssessments,

    /// <summary>Alive when last known.</summary>
    LastKnownAlive,

    /// <summary>Alive at the cut-off date.</summary>
    DataCutoff,
}

namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>How the investigator's response and the computed one compare.</summary>
internal enum Comparison
{
    /// <summary>The same.</summary>
    Same,

    /// <summary>They differ on the same side of partial response and of progression.</summary>
    Minor,

    /// <summary>One is a partial response or better, or a progression, and the other is not.</summary>
    Major,

    /// <summary>Nothing can be computed.</summary>
    Uncheckable,
}

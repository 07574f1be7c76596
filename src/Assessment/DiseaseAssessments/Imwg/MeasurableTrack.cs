namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What was measurable at baseline: it decides by which marker the disease is followed.</summary>
internal enum MeasurableTrack
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Serum M-protein.</summary>
    Serum,

    /// <summary>Urine M-protein.</summary>
    Urine,

    /// <summary>Both.</summary>
    SerumAndUrine,

    /// <summary>Free light chains alone.</summary>
    LightChain,

    /// <summary>Marrow alone.</summary>
    Marrow,
}

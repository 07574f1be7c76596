namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What was taken or looked at on one day.</summary>
internal enum Sample
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Serum for M-protein and immunofixation.</summary>
    Serum,

    /// <summary>Urine of 24 hours.</summary>
    Urine,

    /// <summary>Serum for free light chains.</summary>
    LightChains,

    /// <summary>Marrow.</summary>
    Marrow,

    /// <summary>Imaging.</summary>
    Imaging,

    /// <summary>Blood for counts and chemistry.</summary>
    Blood,
}

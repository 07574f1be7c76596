namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What shows a progression. The laboratory alone has to be confirmed.</summary>
internal enum ProgressionBasis
{
    /// <summary>The laboratory: a second assessment in a row confirms it.</summary>
    Laboratory,

    /// <summary>The marrow.</summary>
    Marrow,

    /// <summary>Imaging.</summary>
    Imaging,

    /// <summary>Death from progression.</summary>
    Death,
}

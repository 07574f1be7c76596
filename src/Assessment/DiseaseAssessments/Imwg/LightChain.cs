namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>The light chain that the myeloma makes.</summary>
internal enum LightChain
{
    /// <summary>Kappa.</summary>
    Kappa,

    /// <summary>Lambda.</summary>
    Lambda,
}

namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Free light chains of one sample.</summary>
/// <param name="Kappa">Kappa in mg/L.</param>
/// <param name="Lambda">Lambda in mg/L, above 0.</param>
/// <remarks>Reference interval of the ratio: 0.26 to 1.65, inclusive (IMWG 2016).</remarks>
internal readonly record struct LightChains(decimal Kappa, decimal Lambda)
{
    /// <summary>Whether kappa is raised against lambda.</summary>
    public bool IsKappaRaised => Kappa > 1.65m * Lambda;

    /// <summary>Whether lambda is raised against kappa.</summary>
    public bool IsLambdaRaised => Kappa < 0.26m * Lambda;

    /// <summary>Whether the ratio lies in its reference interval.</summary>
    public bool IsRatioNormal => !IsKappaRaised && !IsLambdaRaised;

    /// <summary>Kappa by lambda; null when there is no lambda.</summary>
    public decimal? Ratio => Lambda == 0 ? null : Kappa / Lambda;

    /// <summary>The chain that the myeloma makes, in mg/L.</summary>
    /// <param name="chain">Which one that is.</param>
    public decimal Involved(LightChain chain) => chain == LightChain.Kappa ? Kappa : Lambda;

    /// <summary>How much the involved chain exceeds the other, in mg/L; 0 when it does not (dFLC).</summary>
    /// <param name="chain">The involved chain.</param>
    public decimal Difference(LightChain chain) => Math.Max(0, chain == LightChain.Kappa ? Kappa - Lambda : Lambda - Kappa);
}

namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>The disease before treatment. A value that was not measured is null.</summary>
internal sealed record Baseline
{
    private const decimal MeasurableSerumM = 10;
    private const decimal MeasurableUrineM = 200;
    private const decimal MeasurableLightChain = 100;
    private const decimal MeasurableMarrow = 30;

    /// <summary>Serum M-protein in g/L.</summary>
    public decimal? SerumM { get; init; }

    /// <summary>Urine M-protein in mg in 24 hours.</summary>
    public decimal? UrineM { get; init; }

    /// <summary>Free light chains.</summary>
    public LightChains? LightChains { get; init; }

    /// <summary>Plasma cells in the marrow in percent.</summary>
    public decimal? MarrowPlasmaCells { get; init; }

    /// <summary>Sum of the products of the diameters of all plasmacytomas in mm² (SPD); 0 when none was seen.</summary>
    public decimal? PlasmacytomaArea { get; init; }

    /// <summary>Plasma cells in the blood per microlitre.</summary>
    public decimal? CirculatingPlasmaCells { get; init; }

    /// <summary>The light chain found at diagnosis; null when it is not known.</summary>
    public LightChain? DiagnosedChain { get; init; }

    /// <summary>The light chain that the myeloma makes: the diagnosed one, or the one that is raised; null when neither tells.</summary>
    public LightChain? InvolvedChain => DiagnosedChain ?? LightChains switch
    {
        { IsKappaRaised: true } => LightChain.Kappa,
        { IsLambdaRaised: true } => LightChain.Lambda,
        _ => null,
    };

    /// <summary>Whether there was a plasmacytoma.</summary>
    public bool HasPlasmacytoma => PlasmacytomaArea > 0;

    /// <summary>What is measurable.</summary>
    /// <remarks>Source: Kumar et al., Lancet Oncology 2016, 17:e328; marrow: Rajkumar et al., Blood 2011, 117:4691.</remarks>
    public MeasurableTrack Track => (SerumM >= MeasurableSerumM, UrineM >= MeasurableUrineM) switch
    {
        (true, true) => MeasurableTrack.SerumAndUrine,
        (true, false) => MeasurableTrack.Serum,
        (false, true) => MeasurableTrack.Urine,
        _ when LightChains is { IsRatioNormal: false } chains && InvolvedChain is { } chain && chains.Involved(chain) >= MeasurableLightChain =>
            MeasurableTrack.LightChain,
        _ when MarrowPlasmaCells >= MeasurableMarrow => MeasurableTrack.Marrow,
        _ => MeasurableTrack.None,
    };
}

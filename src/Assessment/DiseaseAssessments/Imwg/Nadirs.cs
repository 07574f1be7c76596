namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>The lowest values before a visit, baseline included, each marker by itself. Null where nothing was measured.</summary>
internal sealed record Nadirs
{
    /// <summary>Serum M-protein in g/L.</summary>
    public decimal? SerumM { get; init; }

    /// <summary>Urine M-protein in mg in 24 hours.</summary>
    public decimal? UrineM { get; init; }

    /// <summary>Excess of the involved light chain in mg/L (dFLC).</summary>
    public decimal? LightChainDifference { get; init; }

    /// <summary>Plasma cells in the marrow in percent.</summary>
    public decimal? MarrowPlasmaCells { get; init; }

    /// <summary>Sum of the products of the diameters of all plasmacytomas in mm² (SPD).</summary>
    public decimal? PlasmacytomaArea { get; init; }

    /// <summary>Plasma cells in the blood per microlitre.</summary>
    public decimal? CirculatingPlasmaCells { get; init; }

    /// <summary>The lowest values before the first visit.</summary>
    /// <param name="baseline">The baseline.</param>
    public static Nadirs Of(Baseline baseline) => new()
    {
        SerumM = baseline.SerumM,
        UrineM = baseline.UrineM,
        LightChainDifference = baseline.InvolvedChain is { } chain ? baseline.LightChains?.Difference(chain) : null,
        MarrowPlasmaCells = baseline.MarrowPlasmaCells,
        PlasmacytomaArea = baseline.PlasmacytomaArea,
        CirculatingPlasmaCells = baseline.CirculatingPlasmaCells,
    };

    /// <summary>The lowest values once a visit is over.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="chain">The involved light chain; null when it is not known.</param>
    public Nadirs After(AssessedVisit visit, LightChain? chain) => new()
    {
        SerumM = Lower(SerumM, visit.IsSerumSpurious ? null : visit.Values.SerumM),
        UrineM = Lower(UrineM, visit.IsUrineSpurious ? null : visit.Values.UrineM),
        LightChainDifference = Lower(
            LightChainDifference, visit.AreLightChainsSpurious || chain is null ? null : visit.Values.LightChains?.Difference(chain.Value)),
        MarrowPlasmaCells = Lower(MarrowPlasmaCells, visit.Values.MarrowPlasmaCells),
        PlasmacytomaArea = Lower(PlasmacytomaArea, visit.Values.PlasmacytomaArea),
        CirculatingPlasmaCells = Lower(CirculatingPlasmaCells, visit.Values.CirculatingPlasmaCells),
    };

    private static decimal? Lower(decimal? known, decimal? next) => known is null || next < known ? next ?? known : known;
}

namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>What counts of one visit: bands that are not the original clone's left out, negative without a quantity as zero. Not measured is null.</summary>
internal sealed record VisitValues
{
    /// <summary>Serum M-protein in g/L.</summary>
    public decimal? SerumM { get; init; }

    /// <summary>Immunofixation of serum.</summary>
    public TestResult SerumIfe { get; init; }

    /// <summary>Urine M-protein in mg in 24 hours.</summary>
    public decimal? UrineM { get; init; }

    /// <summary>Immunofixation of urine.</summary>
    public TestResult UrineIfe { get; init; }

    /// <summary>Free light chains.</summary>
    public LightChains? LightChains { get; init; }

    /// <summary>Plasma cells in the marrow in percent.</summary>
    public decimal? MarrowPlasmaCells { get; init; }

    /// <summary>Clonal plasma cells in the marrow.</summary>
    public TestResult Clonality { get; init; }

    /// <summary>Sum of the products of the diameters of all plasmacytomas in mm² (SPD); 0 when none was seen.</summary>
    public decimal? PlasmacytomaArea { get; init; }

    /// <summary>Number of plasmacytomas measured.</summary>
    public int LesionCount { get; init; }

    /// <summary>Whether a new lesion was found.</summary>
    public bool HasNewLesion { get; init; }

    /// <summary>Lesions that are longer than they were at their shortest.</summary>
    public IReadOnlyList<LesionGrowth> Growths { get; init; } = [];

    /// <summary>Plasma cells in the blood per microlitre.</summary>
    public decimal? CirculatingPlasmaCells { get; init; }

    /// <summary>Calcium corrected for albumin in mmol/L.</summary>
    public decimal? CorrectedCalcium { get; init; }

    /// <summary>Whether the participant died of progression, as the investigator says.</summary>
    public bool IsDeathFromProgression { get; init; }

    /// <summary>Whether both immunofixations are negative.</summary>
    public bool IsImmunofixationNegative => SerumIfe == TestResult.Negative && UrineIfe == TestResult.Negative;

    /// <summary>Whether either immunofixation is positive.</summary>
    public bool IsImmunofixationPositive => SerumIfe == TestResult.Positive || UrineIfe == TestResult.Positive;
}

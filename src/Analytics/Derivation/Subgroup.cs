namespace Equecel.Analytics.Derivation;

/// <summary>What participants are compared by.</summary>
/// <remarks>Clinical domain reference, section 3.1.</remarks>
internal enum Subgroup
{
    /// <summary>Where the data came from.</summary>
    Origin,

    /// <summary>Age at infusion, under 65 years or not.</summary>
    Age,

    /// <summary>High-risk cytogenetics.</summary>
    CytogeneticRisk,

    /// <summary>Extramedullary disease.</summary>
    ExtramedullaryDisease,

    /// <summary>Lines of therapy, under 3 or not.</summary>
    PriorLines,

    /// <summary>BCMA-directed therapy before.</summary>
    PriorBcmaTherapy,

    /// <summary>Exposed to three classes of drugs.</summary>
    TripleClassExposure,

    /// <summary>Refractory to three classes of drugs.</summary>
    TripleClassRefractoriness,

    /// <summary>Revised stage at diagnosis.</summary>
    RevisedStage,

    /// <summary>Renal impairment: a filtration rate under 60 mL/min/1.73 m².</summary>
    RenalImpairment,

    /// <summary>A partial response or better to bridging.</summary>
    BridgingResponse,

    /// <summary>Product within its specification.</summary>
    ProductSpecification,
}

namespace Equecel.Analytics.Derivation;

/// <summary>What is known of a participant before the infusion, as far as the subgroups ask. Null is not known.</summary>
internal sealed record BaselineFacts
{
    /// <summary>Whether the data came from the archives.</summary>
    public required bool IsRetrospective { get; init; }

    /// <summary>Age at infusion, in years.</summary>
    public int? AgeYears { get; init; }

    /// <summary>Whether any high-risk abnormality of the chromosomes was found.</summary>
    public bool? HasHighRiskCytogenetics { get; init; }

    /// <summary>Whether there is disease outside the marrow, next to bone or apart from it.</summary>
    public bool? HasExtramedullaryDisease { get; init; }

    /// <summary>Lines of therapy before collection.</summary>
    public int? PriorLines { get; init; }

    /// <summary>Whether a BCMA-directed therapy was given before.</summary>
    public bool? HadPriorBcmaTherapy { get; init; }

    /// <summary>Whether three classes of drugs were given before: proteasome inhibitor, immunomodulator, anti-CD38 antibody.</summary>
    public bool? IsTripleClassExposed { get; init; }

    /// <summary>Whether the disease was refractory to all three.</summary>
    public bool? IsTripleClassRefractory { get; init; }

    /// <summary>Revised stage at diagnosis, 1 to 3.</summary>
    public int? RevisedStage { get; init; }

    /// <summary>Estimated glomerular filtration rate at baseline, in mL/min/1.73 m².</summary>
    public decimal? EgfrMlPerMin { get; init; }

    /// <summary>Response to bridging therapy, before lymphodepletion.</summary>
    public ResponseCategory? BridgingResponse { get; init; }

    /// <summary>Whether the product was released within its specification.</summary>
    public bool? IsInSpecification { get; init; }
}

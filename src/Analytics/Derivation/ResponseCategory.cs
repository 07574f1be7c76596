namespace Equecel.Analytics.Derivation;

/// <summary>A response by the IMWG criteria, from the worst to the best; what cannot be told comes below all.</summary>
/// <remarks>Source: Kumar et al., Lancet Oncology 17:e328, 2016; the order is that of rule set RWS-1.</remarks>
internal enum ResponseCategory : byte
{
    /// <summary>Not evaluable.</summary>
    NotEvaluable,

    /// <summary>Progressive disease.</summary>
    ProgressiveDisease,

    /// <summary>Stable disease.</summary>
    StableDisease,

    /// <summary>Minimal response.</summary>
    MinimalResponse,

    /// <summary>Partial response: from here on a participant is a responder.</summary>
    PartialResponse,

    /// <summary>Very good partial response.</summary>
    VeryGoodPartialResponse,

    /// <summary>Complete response.</summary>
    CompleteResponse,

    /// <summary>Stringent complete response.</summary>
    StringentCompleteResponse,
}

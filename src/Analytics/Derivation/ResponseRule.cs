namespace Equecel.Analytics.Derivation;

/// <summary>Whose word a response is, and whether it has to be confirmed.</summary>
internal enum ResponseRule
{
    /// <summary>The investigator's category as recorded: the primary analysis.</summary>
    AsAssessed,

    /// <summary>The investigator's category, confirmed by the next adequate assessment.</summary>
    Confirmed,

    /// <summary>What the IMWG algorithm takes as confirmed.</summary>
    Computed,
}

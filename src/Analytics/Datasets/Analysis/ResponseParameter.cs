namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>What a row of ADRS is.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">What it is.</param>
/// <param name="Evaluator">Who says so.</param>
/// <param name="IsDerived">Whether it was derived, and not recorded.</param>
internal sealed record ResponseParameter(string Code, string Label, string Evaluator, bool IsDerived = true)
{
    /// <summary>Code of death.</summary>
    public const string Death = "DEATH";

    /// <summary>The investigator.</summary>
    public const string Investigator = "INVESTIGATOR";

    /// <summary>The platform.</summary>
    public const string Algorithm = "ALGORITHM";

    /// <summary>By what it is judged, as RS names it; null for what no criteria judge.</summary>
    public string? Criteria => Code == Death ? null : "KUMAR IMWG 2016";
}

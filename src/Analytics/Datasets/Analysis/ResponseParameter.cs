namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>What a row of ADRS is.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">What it is.</param>
/// <param name="Evaluator">Who says so.</param>
/// <param name="IsDerived">Whether it was derived, and not recorded.</param>
internal sealed record ResponseParameter(string Code, string Label, string Evaluator, bool IsDerived = true)
{
    /// <summary>The investigator.</summary>
    public const string Investigator = "INVESTIGATOR";

    /// <summary>The platform.</summary>
    public const string Algorithm = "ALGORITHM";
}

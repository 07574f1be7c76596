namespace Equecel.DatasetJson.Checks;

/// <summary>What the standards ask of a dataset of a name.</summary>
/// <param name="Required">Variables that must be there and never without a value.</param>
/// <param name="Expected">Variables that must be there.</param>
/// <param name="Rows">What the values of a row must be to each other.</param>
/// <param name="Values">Values that a variable may have, where the list is closed.</param>
/// <param name="IsOneRowASubject">Whether a subject has one row.</param>
internal sealed record DatasetRules(
    string[] Required, string[] Expected, IReadOnlyList<RowRule> Rows, IReadOnlyDictionary<string, string[]> Values, bool IsOneRowASubject = false);

namespace Equecel.DatasetJson.Checks;

/// <summary>Something that the values of one row must be to each other.</summary>
/// <param name="Variables">The variables that it asks; a file without one of them is not checked. A fault is at the first.</param>
/// <param name="Holds">Whether it is so.</param>
/// <param name="What">What is wrong when it is not.</param>
/// <param name="Advice">What to do then.</param>
internal sealed record RowRule(string[] Variables, Func<RowView, bool> Holds, string What, string Advice);

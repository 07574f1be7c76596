namespace Equecel.DatasetJson;

/// <summary>What a column of a dataset is.</summary>
/// <param name="Name">Name of the variable, at most 8 of <c>A-Z</c>, <c>0-9</c> and the underscore.</param>
/// <param name="Label">What it is, at most 40 characters.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Length">Most characters of its texts, by definition and not by the data; null for other types.</param>
/// <param name="Target">The type that a receiver turns the values into; null for none.</param>
/// <param name="DisplayFormat">How a receiver shows the values; null for none.</param>
/// <param name="Key">Its place in the dataset's key, from 1; null when it is not part of it.</param>
public sealed record DatasetColumn(
    string Name, string Label, DataType Type, int? Length = null, DataType? Target = null, string? DisplayFormat = null, int? Key = null);

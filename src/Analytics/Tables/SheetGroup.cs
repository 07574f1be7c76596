namespace Equecel.Analytics.Tables;

/// <summary>A group of participants.</summary>
/// <param name="Key">Its key: a site's code, or a subgroup's name.</param>
/// <param name="Label">Its heading in English.</param>
/// <param name="LabelZh">The same in Chinese.</param>
internal sealed record SheetGroup(string Key, string Label, string LabelZh);

namespace Equecel.Analytics.Tables;

/// <summary>A column of a table that is being filled.</summary>
/// <param name="Key">Its key; empty for everybody.</param>
/// <param name="Label">Its heading in English.</param>
/// <param name="LabelZh">The same in Chinese.</param>
internal sealed record SheetColumn(string Key, string Label, string LabelZh)
{
    /// <summary>Participants in it.</summary>
    public int ParticipantCount { get; set; }
}

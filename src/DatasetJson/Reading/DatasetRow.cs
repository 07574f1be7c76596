namespace Equecel.DatasetJson.Reading;

/// <summary>A row as it stands in the file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Cells">Its values; null when it is no array.</param>
/// <param name="IsOnItsLine">Whether it is alone on one line.</param>
public sealed record DatasetRow(long Number, IReadOnlyList<DatasetCell>? Cells, bool IsOnItsLine);

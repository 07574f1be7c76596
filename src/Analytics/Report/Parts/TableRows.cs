using Equecel.Analytics.Report.Drawing;

namespace Equecel.Analytics.Report.Parts;

/// <summary>Reads rows of tables, of all participants unless a column is named.</summary>
internal static class TableRows
{
    /// <summary>Participants of whom a table is.</summary>
    /// <param name="table">The table.</param>
    public static long ParticipantCount(this V1.Table table) => table.Columns[0].ParticipantCount;

    /// <summary>The row of a key; null when the table has none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The key.</param>
    public static V1.Table.Types.Row? Find(this V1.Table table, string key) => table.Rows.FirstOrDefault(row => row.Key == key);

    /// <summary>Participants that the row of a key counts; none without that row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The key.</param>
    /// <param name="column">Position of the column; 0 for all participants.</param>
    public static long Count(this V1.Table table, string key, int column = 0) => table.Find(key)?.Cells[column].ParticipantCount ?? 0;

    /// <summary>Positions and headings of the groups beside all participants.</summary>
    /// <param name="table">The table.</param>
    /// <param name="words">The language.</param>
    public static IEnumerable<(int Column, string Label)> Groups(this V1.Table table, Wording words) =>
        table.Columns.Select((column, i) => (i, words.Of(column.Label, column.LabelZh))).Skip(1);

    /// <summary>Headings of the columns, each with how many participants it has.</summary>
    /// <param name="table">The table.</param>
    /// <param name="words">The language.</param>
    public static IEnumerable<string> Headings(this V1.Table table, Wording words) =>
        table.Columns.Select(column => $"{words.Of(column.Label, column.LabelZh)} (N = {Numerals.Count(column.ParticipantCount)})");

    /// <summary>A row of shares as a bar.</summary>
    /// <param name="row">The row.</param>
    /// <param name="table">Its table.</param>
    /// <param name="words">The language.</param>
    public static ShareBar ToBar(this V1.Table.Types.Row row, V1.Table table, Wording words)
    {
        var (cell, label, participants) = (row.Cells[0], words.Of(row.Label, row.LabelZh), table.ParticipantCount());
        return cell.HasEstimate
            ? new ShareBar(
                label, cell.Estimate, cell.HasLower ? cell.Lower : null, cell.HasUpper ? cell.Upper : null,
                CellWords.Share(cell, participants, withInterval: false), CellWords.Share(cell, participants, withInterval: true))
            : new ShareBar(label, null, null, null, "–", words.NotEstimable(cell.NotEstimableReason));
    }
}

using Equecel.Analytics.Report.Drawing;

namespace Equecel.Analytics.Report.Parts;

/// <summary>Reads rows of tables, of all participants.</summary>
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
    public static long Count(this V1.Table table, string key) => table.Find(key)?.Cells[0].ParticipantCount ?? 0;

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

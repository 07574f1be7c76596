namespace Equecel.Benchmarks.Report;

/// <summary>The table of all figures, as Markdown that also reads well as it stands.</summary>
internal static class ResultTable
{
    private static readonly ResultRow Head = new("figure", "measured", "target", "ratio, compared with");

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, IEnumerable<ResultRow> rows)
    {
        string[][] cells = [.. rows.Prepend(Head).Select(row => (string[])[row.Figure, row.Measured, row.Target, row.Compared])];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];

        output.WriteLine(Line(cells[0], widths));
        output.WriteLine(Line(Array.ConvertAll(widths, width => new string('-', width)), widths));
        foreach (var row in cells.Skip(1))
        {
            output.WriteLine(Line(row, widths));
        }
    }

    private static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |";
}

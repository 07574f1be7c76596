using System.Globalization;
using System.Text;
using CsvHelper;
using Equecel.Records.V1;

namespace Equecel.Cli.Tables;

/// <summary>The file beside a table that says what became of each of its rows: a line for each finding, one at least for each row.</summary>
internal sealed class VerdictFile : IDisposable
{
    private static readonly string[] Columns = ["row", "verdict", "code", "field", "message", "message_zh", "record_id", "version"];

    private readonly CsvWriter lines;

    /// <summary>Begins it anew.</summary>
    public VerdictFile(TableFile file)
    {
        File = file;
        // With a byte order mark, by which spreadsheets know UTF-8.
        lines = new CsvWriter(new StreamWriter(file.VerdictPath, append: false, Encoding.UTF8), CultureInfo.InvariantCulture);
        Write(Columns);
    }

    /// <summary>The table.</summary>
    public TableFile File { get; }

    /// <summary>Adds what became of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="verdict">What became of it.</param>
    /// <param name="outcome">The same in a word.</param>
    public void Add(TableRow row, ImportVerdict verdict, string outcome)
    {
        var number = row.Number.ToString(CultureInfo.InvariantCulture);
        var version = verdict.Version > 0 ? verdict.Version.ToString(CultureInfo.InvariantCulture) : "";
        if (verdict.Findings.Count == 0)
        {
            Write([number, outcome, verdict.ErrorReason, "", verdict.ErrorMessage, RefusalText.Reason(verdict.ErrorReason, row.File.Table), verdict.RecordId, version]);
        }

        foreach (var finding in verdict.Findings)
        {
            var field = FieldOf(row, finding.Field);
            // What is wrong beside the form comes without a code and in English alone.
            var code = finding.Code.Length > 0 ? finding.Code : verdict.ErrorReason;
            Write([number, outcome, code, field, finding.Message, finding.MessageZh.Length > 0 ? finding.MessageZh : RefusalText.Field(field), verdict.RecordId, version]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    // A reason for a missing value has no column of its own: it stands in the cell of the field.
    private static string FieldOf(TableRow row, string field)
    {
        const string missing = "header.missing[";
        return field.StartsWith(missing, StringComparison.Ordinal)
            && int.TryParse(field[missing.Length..].Split(']')[0], CultureInfo.InvariantCulture, out var place) && place < row.Header.Missing.Count
            ? row.Header.Missing[place].Field
            : row.File.Table.NameOf(field);
    }

    private void Write(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            lines.WriteField(cell);
        }

        lines.NextRecord();
    }
}

using System.Text.Json;
using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks a Dataset-JSON file, ours or anybody's, far beyond the official schema. Memory does not grow with the file.</summary>
/// <remarks>Sources: CDISC Dataset-JSON 1.1 and Compressed Dataset-JSON 1.1; SDTMIG 3.4; ADaMIG 1.3.</remarks>
public static class DatasetCheck
{
    /// <summary>Checks a file.</summary>
    /// <param name="name">Name of the file, which tells what it should hold.</param>
    /// <param name="open">Opens it from its beginning, so that it can be read more than once and its position asked.</param>
    /// <param name="progress">Is told the rows read so far; null for nobody.</param>
    /// <param name="export">Takes what other files of the same export must agree about; null for none.</param>
    public static DatasetReport Run(string name, Func<Stream> open, Action<long>? progress = null, ExportCheck? export = null)
    {
        var faults = new FaultList();
        DatasetFile? file = null;
        var rows = 0L;
        try
        {
            file = DatasetFile.Read(open);
            CheckCarrier(name, file, faults);
            HeaderChecks.Run(file.Header.RootElement, faults);
            rows = CheckRows(file, faults, progress, export);
        }
        catch (JsonException e)
        {
            faults.Add($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "is no JSON", "Correct it, or make the file anew; what follows was not read.");
        }
        catch (InvalidDataException e)
        {
            faults.Add("file", $"cannot be read on: {e.Message.TrimEnd('.')}", "Make the file anew; what follows was not read.");
        }

        using (file)
        {
            return new DatasetReport(NameOf(file), file?.Carrier, rows, faults.Faults, faults.FurtherCount);
        }
    }

    private static string NameOf(DatasetFile? file) => file is null ? "" : HeaderChecks.Text(file.Header.RootElement, "name") ?? "";

    private static void CheckCarrier(string name, DatasetFile file, FaultList faults)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        var isLines = file.HasLinesBehind || (extension == ".ndjson" && !file.HasRowsInObject);
        var expected = file.Carrier == DatasetCarrier.Compressed ? ".dsjc" : isLines ? ".ndjson" : ".json";
        if (extension is ".json" or ".ndjson" or ".dsjc" && extension != expected)
        {
            faults.Add("file", $"is named {extension} and holds what belongs into {expected}", $"Name it {expected}, or write it anew.");
        }

        if (file.HasRowsInObject && file.HasLinesBehind)
        {
            faults.Add("line 2", "follows an object that has its rows in it", "Write the rows in the object, or one a line behind it.");
        }
        else if (file.HasRowsInObject && file.Carrier == DatasetCarrier.Compressed)
        {
            faults.Add("file", "has one object with its rows in it under the compression", "Compress NDJSON: the object on the first line, a row on each further one.");
        }

        if (file.IsRowsFirst)
        {
            faults.Note("rows", "come before columns", "Write columns first, so that readers can stream.");
        }
    }

    private static long CheckRows(DatasetFile file, FaultList faults, Action<long>? progress, ExportCheck? export)
    {
        var header = file.Header.RootElement;
        var columns = header.TryGetProperty("columns", out var declared) && declared.ValueKind == JsonValueKind.Array ? ColumnChecks.Read(declared).ToList() : [];
        var isUsable = columns.Count > 0 && columns.All(column => column is not null);
        var check = isUsable ? new RowCheck([.. columns.OfType<DatasetColumn>()], NameOf(file), FileOrigin.Of(header), faults, export) : null;
        if (columns.Count > 0 && !isUsable)
        {
            faults.Add("rows", "were not checked", "Correct the columns first.");
        }

        var count = 0L;
        foreach (var row in file.ReadRows())
        {
            count = row.Number;
            if (!row.IsOnItsLine)
            {
                faults.Add(row.Number, "", "is not alone on one line", "Write each row on a line of its own.");
            }

            check?.Check(row);
            if (count % 1024 == 0)
            {
                progress?.Invoke(count);
            }
        }

        progress?.Invoke(count);
        if (file is { Carrier: DatasetCarrier.Compressed, HasBytesBehind: true })
        {
            faults.Add("file", "goes on behind the compressed stream", "Nothing may stand before or behind it: cut it off.");
        }

        if (header.TryGetProperty("records", out var records) && records.ValueKind == JsonValueKind.Number && records.TryGetInt64(out var told) && told != count)
        {
            faults.Add("records", $"is {told}, and there are {count} rows", "Give the number of rows; if rows are missing, make the file anew.");
        }

        check?.Finish(file.ReadRows);
        return count;
    }
}

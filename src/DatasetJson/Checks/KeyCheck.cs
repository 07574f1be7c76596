using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks that rows are sorted by the key and that no two have the same. Memory is that of two rows.</summary>
/// <remarks>
/// Nothing comes before anything; numbers are compared as numbers, text by its characters. Rows that are not sorted take a second reading for
/// keys that are there twice, which keeps 16 bytes of each.
/// </remarks>
internal sealed class KeyCheck
{
    private readonly (int Place, DatasetColumn Column)[] key;
    private object?[]? before;

    /// <summary>Begins one.</summary>
    /// <param name="columns">The columns of the file.</param>
    public KeyCheck(IReadOnlyList<DatasetColumn> columns) => key =
        [.. columns.Index().Where(one => one.Item.Key is not null).OrderBy(one => one.Item.Key).Select(one => (one.Index, one.Item))];

    /// <summary>Whether every row so far came after the one before it, or had the same key.</summary>
    public bool IsSorted { get; private set; } = true;

    /// <summary>Checks the next row.</summary>
    /// <param name="row">It, as wide as the columns.</param>
    /// <param name="faults">Takes the faults.</param>
    public void Check(DatasetRow row, FaultList faults)
    {
        if (key.Length == 0)
        {
            return;
        }

        object?[] now = [.. key.Select(one => Value(row.Cells![one.Place]))];
        var order = before is null ? -1 : Compare(before, now);
        if (order == 0)
        {
            faults.Add(row.Number, "", $"has the key of the row before it: {InWords(now)}", "A key names one row: take the repetition out, or add a column to the key.");
        }
        else if (order > 0)
        {
            IsSorted = false;
            faults.Add(row.Number, "", $"comes after a row whose key is greater: {InWords(now)}", "Sort the rows by the key's columns.");
        }

        before = now;
    }

    /// <summary>Finds rows with the same key among rows that are not sorted.</summary>
    /// <param name="rows">The rows, from the first.</param>
    /// <param name="faults">Takes the faults.</param>
    public void FindRepeated(IEnumerable<DatasetRow> rows, FaultList faults)
    {
        var seen = new HashSet<UInt128>();
        object?[]? last = null;
        foreach (var row in rows.Where(row => row.Cells is not null && key.All(one => one.Place < row.Cells.Count)))
        {
            object?[] now = [.. key.Select(one => Value(row.Cells![one.Place]))];

            // A neighbour was found already.
            if (!seen.Add(Hash(now)) && (last is null || Compare(last, now) != 0))
            {
                faults.Add(row.Number, "", $"has the key of an earlier row: {InWords(now)}", "A key names one row: take the repetition out, or add a column to the key.");
            }

            last = now;
        }
    }

    private static UInt128 Hash(object?[] values)
    {
        var text = string.Join('\u001f', values.Select(value => value is null ? "\u001e" : Convert.ToString(value, CultureInfo.InvariantCulture)));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static int Compare(object?[] one, object?[] other) =>
        one.Zip(other, CompareValues).FirstOrDefault(order => order != 0);

    private static int CompareValues(object? one, object? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (decimal left, decimal right) => left.CompareTo(right),
        _ => string.CompareOrdinal(Convert.ToString(one, CultureInfo.InvariantCulture), Convert.ToString(other, CultureInfo.InvariantCulture)),
    };

    private static object? Value(DatasetCell cell) =>
        cell.IsMissing ? null
        : cell.Kind == System.Text.Json.JsonTokenType.Number && decimal.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : cell.Text;

    private string InWords(object?[] values) =>
        string.Join(", ", key.Zip(values, (one, value) => string.Create(CultureInfo.InvariantCulture, $"{one.Column.Name} {value ?? "null"}")));
}

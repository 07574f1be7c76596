using System.Text.Json;
using System.Text.RegularExpressions;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks the columns that a file declares.</summary>
/// <remarks>Source: CDISC Dataset-JSON 1.1, attributes of a column.</remarks>
internal static partial class ColumnChecks
{
    private static readonly string[] Required = ["itemOID", "name", "label", "dataType"];
    private static readonly string[] Known = [.. Required, "targetDataType", "length", "displayFormat", "keySequence"];

    /// <summary>Checks them.</summary>
    /// <param name="columns">The attribute <c>columns</c>.</param>
    /// <param name="faults">Takes the faults.</param>
    public static void Run(JsonElement columns, FaultList faults)
    {
        if (columns.ValueKind != JsonValueKind.Array)
        {
            faults.Add("columns", $"is {columns.ValueKind}", "Give an array with an object for each column.");
            return;
        }

        foreach (var (i, column) in columns.EnumerateArray().Index())
        {
            if (column.ValueKind == JsonValueKind.Object)
            {
                CheckColumn($"columns[{i}]", column, faults);
            }
            else
            {
                faults.Add($"columns[{i}]", $"is {column.ValueKind}", "Give an object.");
            }
        }

        CheckTogether(columns, faults);
    }

    /// <summary>The columns as far as they can be used; null for one that cannot.</summary>
    /// <param name="columns">The attribute <c>columns</c>.</param>
    public static IEnumerable<DatasetColumn?> Read(JsonElement columns) =>
        from column in columns.EnumerateArray()
        let name = HeaderChecks.Text(column, "name")
        let type = HeaderChecks.Text(column, "dataType") is { } text ? DataTypes.Find(text) : null
        select name is null || type is null
            ? null
            : new DatasetColumn(name, HeaderChecks.Text(column, "label") ?? "", type.Value, Whole(column, "length"), Key: Whole(column, "keySequence"));

    private static void CheckColumn(string where, JsonElement column, FaultList faults)
    {
        var seen = new HashSet<string>();
        foreach (var attribute in column.EnumerateObject())
        {
            var path = $"{where}.{attribute.Name}";
            if (!seen.Add(attribute.Name))
            {
                faults.Add(path, "is there twice", "Keep one.");
            }
            else if (!Known.Contains(attribute.Name))
            {
                faults.Add(path, "is no attribute of a column", "Take it out.");
            }
            else if (attribute.Value.ValueKind == JsonValueKind.Null)
            {
                faults.Add(path, "is null", "Leave an attribute without a value out.");
            }
            else if (attribute.Name is "length" or "keySequence")
            {
                if (Whole(column, attribute.Name) is not >= 1)
                {
                    faults.Add(path, $"is {attribute.Value.GetRawText()}", "Give a whole number, 1 or more.");
                }
            }
            else
            {
                HeaderChecks.CheckText(path, attribute.Value, faults);
            }
        }

        foreach (var name in Required.Where(name => !seen.Contains(name)))
        {
            faults.Add($"{where}.{name}", "is not there", "It is required: add it.");
        }

        CheckTypes(where, column, faults);
        CheckNames(where, column, faults);
    }

    private static void CheckTypes(string where, JsonElement column, FaultList faults)
    {
        if (HeaderChecks.Text(column, "dataType") is not { Length: > 0 } text)
        {
            return;
        }

        if (DataTypes.Find(text) is not { } type)
        {
            faults.Add($"{where}.dataType", $"is {text}", $"Take one of: {string.Join(", ", DataTypes.All)}.");
            return;
        }

        if (HeaderChecks.Text(column, "targetDataType") is { Length: > 0 } wanted)
        {
            var fitting = type switch
            {
                DataType.Exact => "decimal",
                DataType.Date or DataType.DateTime or DataType.Time => "integer",
                _ => null,
            };
            if (wanted != fitting)
            {
                faults.Add(
                    $"{where}.targetDataType", $"is {wanted} for a {text}", "It is decimal for a decimal, integer for a date, datetime or time that becomes a number, and is left out otherwise.");
            }
        }
    }

    private static void CheckNames(string where, JsonElement column, FaultList faults)
    {
        if (HeaderChecks.Text(column, "name") is not { Length: > 0 } name)
        {
            return;
        }

        if (!VariableName().IsMatch(name))
        {
            faults.Add($"{where}.name", $"is {name}", "Take a capital letter and up to 7 capital letters, digits and underscores.");
        }

        if (HeaderChecks.Text(column, "label") is { Length: > 40 } label)
        {
            faults.Note($"{where}.label", $"has {label.Length} characters", "Keep it to 40.");
        }
    }

    private static void CheckTogether(JsonElement columns, FaultList faults)
    {
        var objects = columns.EnumerateArray().Where(column => column.ValueKind == JsonValueKind.Object).ToList();
        foreach (var attribute in (string[])["name", "itemOID"])
        {
            var repeated = objects.Select(column => HeaderChecks.Text(column, attribute)).OfType<string>()
                .GroupBy(text => text, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1);
            foreach (var group in repeated)
            {
                faults.Add("columns", $"{attribute} {group.Key} is there {group.Count()} times", "Give each column its own, small and capital letters being the same.");
            }
        }

        var keys = objects.Select(column => Whole(column, "keySequence")).OfType<int>().Order().ToList();
        if (!keys.SequenceEqual(Enumerable.Range(1, keys.Count)))
        {
            faults.Add("columns", $"keySequence is {string.Join(", ", keys)}", "Number the key's columns 1, 2, 3 without gaps, each number once.");
        }
        else if (keys.Count == 0)
        {
            faults.Note("columns", "no keySequence tells which columns are the key", "Number the key's columns 1, 2, 3, so that rows can be told apart.");
        }
    }

    private static int? Whole(JsonElement column, string name) =>
        column.ValueKind == JsonValueKind.Object && column.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    [GeneratedRegex(@"^[A-Z_][A-Z0-9_]{0,7}\z")]
    private static partial Regex VariableName();
}

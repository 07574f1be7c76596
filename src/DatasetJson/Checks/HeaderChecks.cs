using System.Text.Json;
using System.Text.RegularExpressions;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks what a file says of itself: everything of the official schema, and what that accepts although the standard forbids it.</summary>
/// <remarks>Source: CDISC Dataset-JSON 1.1, attributes of the dataset.</remarks>
internal static partial class HeaderChecks
{
    private static readonly string[] Required =
        ["datasetJSONCreationDateTime", "datasetJSONVersion", "itemGroupOID", "records", "name", "label", "columns"];

    // In the order of the standard.
    private static readonly string[] Known =
    [
        "datasetJSONCreationDateTime", "datasetJSONVersion", "fileOID", "dbLastModifiedDateTime", "originator", "sourceSystem", "studyOID",
        "metaDataVersionOID", "metaDataRef", "itemGroupOID", "records", "name", "label", "columns", "rows",
    ];

    /// <summary>Checks it.</summary>
    /// <param name="header">It.</param>
    /// <param name="faults">Takes the faults.</param>
    public static void Run(JsonElement header, FaultList faults)
    {
        var seen = new HashSet<string>();
        foreach (var attribute in header.EnumerateObject())
        {
            if (!seen.Add(attribute.Name))
            {
                faults.Add(attribute.Name, "is there twice", "Keep one.");
            }
            else if (!Known.Contains(attribute.Name))
            {
                faults.Add(attribute.Name, "is no attribute of Dataset-JSON 1.1", "Take it out.");
            }
            else
            {
                CheckAttribute(attribute, faults);
            }
        }

        foreach (var name in Required.Where(name => !seen.Contains(name)))
        {
            faults.Add(name, "is not there", "It is required: add it.");
        }

        CheckTimes(header, faults);
        CheckConventions(header, seen, faults);
    }

    private static void CheckAttribute(JsonProperty attribute, FaultList faults)
    {
        var (name, value) = (attribute.Name, attribute.Value);
        if (value.ValueKind == JsonValueKind.Null)
        {
            faults.Add(name, "is null", "Leave an attribute without a value out.");
            return;
        }

        switch (name)
        {
            case "records":
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var count) || count < 0)
                {
                    faults.Add(name, $"is {value.GetRawText()}", "Give the number of rows, 0 or more.");
                }

                break;
            case "columns":
                ColumnChecks.Run(value, faults);
                break;
            case "rows":
                faults.Add(name, "is no array", "Give an array with an array for each row.");
                break;
            case "sourceSystem":
                CheckSystem(value, faults);
                break;
            case "datasetJSONVersion":
                if (value.ValueKind != JsonValueKind.String || !Version().IsMatch(value.GetString()!))
                {
                    faults.Add(name, $"is {value.GetRawText()}", "Give 1.1 or 1.1.n; files of other versions are not read here.");
                }

                break;
            case "datasetJSONCreationDateTime" or "dbLastModifiedDateTime":
                if (value.ValueKind != JsonValueKind.String || !IsoDates.IsDateTime(value.GetString()!, needsSeconds: true))
                {
                    faults.Add(name, $"is {value.GetRawText()}", "Give a day of the calendar and a time with seconds, such as 2026-01-01T00:00:00Z.");
                }

                break;
            default:
                CheckText(name, value, faults);
                break;
        }
    }

    /// <summary>Checks a text that must not be empty.</summary>
    internal static void CheckText(string where, JsonElement value, FaultList faults)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(where, $"is {value.ValueKind}", "Give a text.");
        }
        else if (value.GetString()!.Length == 0)
        {
            faults.Add(where, "is empty", "Give at least one character.");
        }
    }

    private static void CheckSystem(JsonElement value, FaultList faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add("sourceSystem", $"is {value.ValueKind}", "Give an object with name and version.");
            return;
        }

        foreach (var part in value.EnumerateObject())
        {
            if (part.Name is "name" or "version")
            {
                CheckText($"sourceSystem.{part.Name}", part.Value, faults);
            }
            else
            {
                faults.Add($"sourceSystem.{part.Name}", "is no attribute of a system", "Take it out.");
            }
        }

        foreach (var name in (string[])["name", "version"])
        {
            if (!value.TryGetProperty(name, out _))
            {
                faults.Add($"sourceSystem.{name}", "is not there", "It is required beside the other: add it.");
            }
        }
    }

    private static void CheckTimes(JsonElement header, FaultList faults)
    {
        if (Text(header, "datasetJSONCreationDateTime") is { } made && Text(header, "dbLastModifiedDateTime") is { } changed
            && IsoDates.FindInstant(changed) > IsoDates.FindInstant(made))
        {
            faults.Add("dbLastModifiedDateTime", $"is {changed}, after the file was made at {made}", "The data of a file cannot be newer than the file: correct one of them.");
        }
    }

    private static void CheckConventions(JsonElement header, IEnumerable<string> names, FaultList faults)
    {
        var order = names.Where(name => Known.Contains(name)).ToList();
        if (!order.SequenceEqual(order.OrderBy(name => Array.IndexOf(Known, name))))
        {
            faults.Note("attributes", "are not in the order of the standard", "Write them in its order, so that readers can stream.");
        }

        if (Text(header, "name") is { Length: > 0 } name && Text(header, "itemGroupOID") is { Length: > 0 } group && group != $"IG.{name}")
        {
            faults.Note("itemGroupOID", $"is {group}", $"By convention it is IG.{name}.");
        }

        if (Text(header, "label") is { Length: > 40 } label)
        {
            faults.Note("label", $"has {label.Length} characters", "Keep it to 40.");
        }
    }

    /// <summary>A text attribute; null when it is not there or is no text.</summary>
    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^1\.1(\.(0|[1-9][0-9]*))?\z")]
    private static partial Regex Version();
}

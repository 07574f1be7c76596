using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Equecel.DatasetJson.Tests.Official;

/// <summary>The official JSON Schema of Dataset-JSON 1.1.</summary>
internal static class OfficialSchema
{
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        // The validator would register the schema under its own name twice.
        var text = JsonNode.Parse(File.ReadAllText(OfficialFile.Find("dataset.schema.json")!))!.AsObject();
        text.Remove("$id");
        return JsonSchema.FromText(text.ToJsonString());
    });

    /// <summary>What it finds wrong with a file; nothing for a good one.</summary>
    /// <param name="json">The file, as one object.</param>
    public static IReadOnlyList<string> Faults(string json)
    {
        using var document = JsonDocument.Parse(json);
        var result = Schema.Value.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            : [.. (result.Details ?? []).Where(one => one.Errors is not null).SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation}: {error.Value}")).DefaultIfEmpty("not valid")];
    }

    /// <summary>The same of a file in lines: it has the rows behind the object, so both are joined.</summary>
    /// <param name="lines">The lines.</param>
    public static string Join(string lines)
    {
        var parts = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return $"{parts[0][..^1]},\"rows\":[{string.Join(',', parts.Skip(1))}]}}";
    }
}

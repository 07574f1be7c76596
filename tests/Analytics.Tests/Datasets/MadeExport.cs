using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Tests.Tables;
using Equecel.DatasetJson;
using Equecel.DatasetJson.Checks;

namespace Equecel.Analytics.Tests.Datasets;

/// <summary>All files of one export of a study made by hand, in which values are changed before they are checked together.</summary>
internal sealed class MadeExport(MadeStudy study, string system = "Equecel")
{
    private readonly List<(string Dataset, string Participant, string Having, string Variable, object? Value)> changes = [];

    /// <summary>Changes a variable in the rows of a participant that have a value somewhere; in all of them where that is empty.</summary>
    public MadeExport Set(string dataset, string participant, string having, string variable, object? value)
    {
        changes.Add((dataset, participant, having, variable, value));
        return this;
    }

    /// <summary>What does not agree: where and what.</summary>
    public IReadOnlyList<string> Faults() => [.. Check().Faults.Where(fault => !fault.IsNote).Select(InWords)];

    /// <summary>What is only to be asked about: where and what.</summary>
    public IReadOnlyList<string> Notes() => [.. Check().Faults.Where(fault => fault.IsNote).Select(InWords)];

    private static string InWords(DatasetFault fault) => $"{fault.Where} {fault.What}";

    private ExportReport Check()
    {
        var export = new ExportCheck();
        foreach (var dataset in DatasetList.All)
        {
            var file = JsonNode.Parse(study.File(dataset, DatasetCarrier.Json))!;
            file["sourceSystem"]!["name"] = system;
            Change(dataset.Name, file);
            DatasetCheck.Run($"{dataset.Name}.json", () => new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())), export: export);
        }

        return export.Finish();
    }

    private void Change(string dataset, JsonNode file)
    {
        var names = file["columns"]!.AsArray().Select(column => (string)column!["name"]!).ToList();
        foreach (var (_, participant, having, variable, value) in changes.Where(change => change.Dataset == dataset))
        {
            var rows = file["rows"]!.AsArray().Select(row => row!.AsArray())
                .Where(row => $"{row[names.IndexOf("USUBJID")]}".EndsWith(participant, StringComparison.Ordinal) && (having.Length == 0 || row.Any(cell => $"{cell}" == having)))
                .ToList();
            Assert.NotEmpty(rows);
            rows.ForEach(row => row[names.IndexOf(variable)] = JsonSerializer.SerializeToNode(value));
        }
    }
}

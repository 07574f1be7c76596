using System.Globalization;
using Equecel.Analytics.Endpoints;
using Equecel.DatasetJson;

namespace Equecel.Analytics.Datasets;

/// <summary>What a pass has counted of a dataset.</summary>
internal sealed class DatasetCount
{
    private readonly SortedDictionary<string, long> lacking = new(StringComparer.Ordinal);
    private long participants;

    /// <summary>Rows.</summary>
    public long RowCount { get; private set; }

    /// <summary>Adds a participant.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="subject">The participant.</param>
    public void Add(StudyDataset dataset, DatasetSubject subject)
    {
        var before = RowCount;
        foreach (var row in dataset.Rows(subject))
        {
            RowCount++;
            if (dataset.Lacking(row) is { } what)
            {
                lacking[what] = lacking.GetValueOrDefault(what) + 1;
            }
        }

        participants += RowCount > before ? 1 : 0;
    }

    /// <summary>Tells what was counted.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="carrier">How it lies in its file.</param>
    /// <param name="position">The data.</param>
    public V1.ExportDatasetsResponse.Types.Start Start(StudyDataset dataset, DatasetCarrier carrier, V1.DataPosition position) => new()
    {
        Dataset = dataset.Dataset,
        Name = dataset.Name,
        Label = dataset.Label,
        FileName = dataset.Name.ToLowerInvariant() + carrier switch { DatasetCarrier.Ndjson => ".ndjson", DatasetCarrier.Compressed => ".dsjc", _ => ".json" },
        RowCount = RowCount,
        ParticipantCount = participants,
        Method = $"{dataset.Method}; rule set {SurvivalAnswer.RuleSet}",
        RuleSet = SurvivalAnswer.RuleSet,
        Notes = { lacking.Select(one => $"{one.Value.ToString("N0", CultureInfo.InvariantCulture)} of {RowCount.ToString("N0", CultureInfo.InvariantCulture)} rows: {one.Key}") },
        Position = position,
    };
}

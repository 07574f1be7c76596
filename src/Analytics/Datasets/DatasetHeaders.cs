using System.Globalization;
using System.Reflection;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Common.V1;
using Equecel.DatasetJson;

namespace Equecel.Analytics.Datasets;

/// <summary>What stands before the rows of a file: of the question and the data alone, so that the same of both gives the same bytes.</summary>
internal static class DatasetHeaders
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssffffff'Z'";

    private static readonly string Version =
        typeof(DatasetHeaders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Makes it.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rowCount">Number of its rows.</param>
    /// <param name="question">The question.</param>
    /// <param name="position">The data.</param>
    public static DatasetHeader Of(StudyDataset dataset, long rowCount, DatasetQuestion question, CohortPosition position) => new()
    {
        // Not the clock's: asked again about the same data, the file is the same.
        CreationTime = question.AsOf ?? position.NewestSaveTime ?? DateTimeOffset.UnixEpoch,
        ModificationTime = position.NewestSaveTime,
        FileOid = $"{DatasetSubject.StudyId}.{Snapshot(question, position)}.{dataset.Name}",
        Originator = "Equecel platform",
        SystemName = "Equecel",
        SystemVersion = Version,
        StudyOid = DatasetSubject.StudyId,
        MetaDataVersionOid = $"MDV.{DatasetSubject.StudyId}.{SurvivalAnswer.RuleSet}.{(dataset.Name.StartsWith("AD", StringComparison.Ordinal) ? "ADaMIG.1.3" : "SDTMIG.3.4")}",
        RowCount = rowCount,
        Name = dataset.Name,
        Label = dataset.Label,
        Columns = dataset.Columns,
    };

    // The same for all datasets of one export, and another for any other data or question.
    private static string Snapshot(DatasetQuestion question, CohortPosition position)
    {
        var parts = new List<string>
        {
            (question.AsOf ?? position.NewestSaveTime ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
            $"V{position.VersionCount.ToString(CultureInfo.InvariantCulture)}",
        };
        if (question.Cutoff is { } cutoff)
        {
            parts.Add($"CUT{cutoff.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        }

        var population = question.Population;
        if (population.Sites.Count > 0)
        {
            parts.Add($"SITES{string.Join('-', population.Sites.Order(StringComparer.Ordinal))}");
        }

        if (population.Origin != DataOrigin.Unspecified)
        {
            parts.Add(Codes.Origin(population.Origin)!);
        }

        parts.AddRange(population.Subgroups.Select(one => $"{one.Grouping.ToString().ToUpperInvariant()}-{one.Key}"));

        return string.Join('.', parts);
    }
}

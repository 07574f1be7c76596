using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Tests.Tables;
using Equecel.DatasetJson;

namespace Equecel.Analytics.Tests.Datasets;

/// <summary>The datasets of a study made by hand.</summary>
internal static class MadeDatasets
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The rows of a dataset, by the names of their variables.</summary>
    public static IReadOnlyList<Row> Rows(this MadeStudy study, V1.Dataset name, DateOnly? cutoff = null)
    {
        var dataset = DatasetList.Find(name)!;
        return [.. Subjects(study, cutoff).SelectMany(dataset.Rows).Select(row => new Row(dataset.Columns.Zip(row).ToDictionary(one => one.First.Name, one => one.Second)))];
    }

    /// <summary>A dataset as a file.</summary>
    public static byte[] File(this MadeStudy study, StudyDataset dataset, DatasetCarrier carrier)
    {
        var rows = Subjects(study, cutoff: null).SelectMany(dataset.Rows).ToList();
        using var target = new MemoryStream();
        using var writer = new DatasetWriter(target, carrier);
        writer.WriteHeader(DatasetHeaders.Of(dataset, rows.Count, DatasetQuestion.Parse(new V1.ExportDatasetsRequest(), Now), CohortPosition.None.After("enrolment", Now, Now)));
        rows.ForEach(writer.WriteRow);
        writer.Finish();
        return target.ToArray();
    }

    private static IEnumerable<DatasetSubject> Subjects(MadeStudy study, DateOnly? cutoff) =>
        study.Dossiers.Select(dossier => new DatasetSubject(dossier, cutoff)).Where(subject => subject.IsIncluded);

    /// <summary>A row.</summary>
    internal sealed record Row(IReadOnlyDictionary<string, object?> Values)
    {
        /// <summary>The values of some variables in words, <c>-</c> where there is none.</summary>
        public string Of(params string[] names) => string.Join(' ', names.Select(name => Values[name] switch
        {
            null => "-",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
            var value => $"{value}",
        }));
    }
}

using System.Text;
using Equecel.Analytics.Datasets;
using Equecel.DatasetJson;
using Equecel.DatasetJson.Checks;
using Equecel.DatasetJson.Tests.Official;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class DatasetFilesTests
{
    public static TheoryData<V1.Dataset> Names => [.. DatasetList.All.Select(dataset => dataset.Dataset)];

    [Fact]
    public void Every_dataset_of_the_contract_is_there() =>
        Assert.Equal(Enum.GetValues<V1.Dataset>().Except([V1.Dataset.Unspecified]), DatasetList.All.Select(dataset => dataset.Dataset));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_dataset_is_good_to_the_check_in_each_carrier(V1.Dataset name)
    {
        var dataset = DatasetList.Find(name)!;
        foreach (var (carrier, extension) in new[] { (DatasetCarrier.Json, "json"), (DatasetCarrier.Ndjson, "ndjson"), (DatasetCarrier.Compressed, "dsjc") })
        {
            var bytes = RichStudy.Make().File(dataset, carrier);

            var report = DatasetCheck.Run($"{dataset.Name}.{extension}", () => new MemoryStream(bytes));

            Assert.Empty(report.Faults.Where(fault => !fault.IsNote).Select(fault => $"{fault}"));
            Assert.Empty(report.Faults.Select(fault => fault.Where).Except(["AEDECOD"]));
            Assert.Equal((carrier, dataset.Name), (report.Carrier, report.Dataset));
            Assert.NotEqual(0, report.RowCount);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_and_labels_fit_a_transport_file(V1.Dataset name)
    {
        var dataset = DatasetList.Find(name)!;

        Assert.InRange(dataset.Label.Length, 1, 40);
        Assert.All(dataset.Columns, column => Assert.True(column is { Name.Length: > 0 and <= 8, Label.Length: > 0 and <= 40 }, $"{column}"));
    }

    [OfficialFact]
    public void Every_dataset_is_good_to_the_official_schema()
    {
        foreach (var dataset in DatasetList.All)
        {
            Assert.Empty(OfficialSchema.Faults(Encoding.UTF8.GetString(RichStudy.Make().File(dataset, DatasetCarrier.Json))));
            Assert.Empty(OfficialSchema.Faults(OfficialSchema.Join(Encoding.UTF8.GetString(RichStudy.Make().File(dataset, DatasetCarrier.Ndjson)))));
        }
    }

    [Fact]
    public void Datasets_agree_with_each_other()
    {
        var study = RichStudy.Make();
        var rows = DatasetList.All.ToDictionary(dataset => dataset.Dataset, dataset => study.Rows(dataset.Dataset));
        var subjects = Values(V1.Dataset.Dm, "USUBJID");

        Assert.All(rows.Values, dataset => Assert.Empty(dataset.Select(row => row.Of("USUBJID")).Except(subjects)));
        Assert.Equal(subjects, Values(V1.Dataset.Adsl, "USUBJID"));
        Assert.Equal(
            rows[V1.Dataset.Dm].Where(row => row.Of("DTHFL") == "Y").Select(row => row.Of("USUBJID")),
            rows[V1.Dataset.Ds].Where(row => row.Of("DSDECOD") == "DEATH").Select(row => row.Of("USUBJID")));
        Assert.Equal(Values(V1.Dataset.Dm, "USUBJID", "RFXSTDTC").Where(row => !row.EndsWith('-')), rows[V1.Dataset.Ex].Where(row => row.Of("EXCAT") == "CAR-T INFUSION").Select(row => row.Of("USUBJID", "EXSTDTC")));
        Assert.Equal(
            rows[V1.Dataset.Rs].Where(row => row.Of("RSTESTCD") == "OVRLRESP").Select(row => row.Of("USUBJID", "RSSEQ", "RSSTRESC")).Order(StringComparer.Ordinal),
            rows[V1.Dataset.Adrs].Where(row => row.Of("PARAMCD") == "OVR").Select(row => row.Of("USUBJID", "SRCSEQ", "AVALC")).Order(StringComparer.Ordinal));
        Assert.Equal(Values(V1.Dataset.Ae, "USUBJID", "AESEQ").Order(StringComparer.Ordinal), Values(V1.Dataset.Adae, "USUBJID", "AESEQ").Order(StringComparer.Ordinal));
        Assert.Equal(
            rows[V1.Dataset.Adsl].Where(row => row.Of("FASFL") == "Y").Select(row => row.Of("USUBJID")),
            rows[V1.Dataset.Adtte].Where(row => row.Of("PARAMCD") == "OS").Select(row => row.Of("USUBJID")));
        Assert.All(
            rows[V1.Dataset.Adtte].GroupBy(row => row.Of("USUBJID")),
            subject => Assert.True(Time(subject, "OS") >= Time(subject, "PFS"), subject.Key));

        IReadOnlyList<string> Values(V1.Dataset dataset, params string[] names) => [.. rows[dataset].Select(row => row.Of(names))];

        static int Time(IEnumerable<MadeDatasets.Row> subject, string code) => (int)subject.Single(row => row.Of("PARAMCD") == code).Values["AVAL"]!;
    }
}

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

    [Fact]
    public void The_datasets_of_one_export_agree()
    {
        var report = Together((_, text) => text);

        Assert.Equal(DatasetList.All.Select(dataset => dataset.Name).Order(StringComparer.Ordinal), report.Datasets);
        Assert.Equal(5, report.SubjectCount);
        Assert.Empty(report.Faults.Select(fault => $"{fault}"));
    }

    [Theory]
    [InlineData("DM", "\"EQUECEL-RWS-01-0002\"", "\"EQUECEL-RWS-01-0009\"", "DM has no row of EQUECEL-RWS-01-0002")]
    [InlineData("ADSL", "\"EQUECEL-RWS-01-0002\"", "\"EQUECEL-RWS-01-0009\"", "ADSL has no row of EQUECEL-RWS-01-0002")]
    [InlineData("DM", "\"2025-08-28\",\"Y\"", "null,null", "ADSL, DTHDT and DM.DTHFL differ about death")]
    [InlineData("DM", "\"2025-08-28\",\"Y\"", "\"2025-08-27\",\"Y\"", "ADSL, DTHDT is not the day of DM.DTHDTC")]
    [InlineData("DS", "\"DEATH\"", "\"OTHER\"", "DM, DTHFL is Y, and DS has no death")]
    [InlineData("DD", "\"PRCDTH\"", "\"LOCDTH\"", "DM, DTHFL is Y, and DD has no cause of death")]
    [InlineData("DS", "\"INFORMED CONSENT OBTAINED\",\"INFORMED CONSENT OBTAINED\",", "\"INFORMED CONSENT OBTAINED\",\"OTHER\",", "")]
    [InlineData("EX", "2025-03-01T10:00", "2025-03-01T11:00", "DM, RFXSTDTC is the start of no row of EX")]
    [InlineData("ADTTE", "\"OS\"", "\"XX\"", "")]
    [InlineData("ADRS", "\"RSP\"", "\"XX\"", "ADTTE, PARAMCD is RSD for a subject who did not respond")]
    [InlineData("ADRS", "\"PD\",", "\"XX\",", "ADTTE, ADT of a progression is not that of PD in ADRS")]
    public void Datasets_that_do_not_agree_are_told(string dataset, string good, string bad, string fault)
    {
        var report = Together((name, text) =>
        {
            if (name != dataset)
            {
                return text;
            }

            Assert.Contains(good, text, StringComparison.Ordinal);
            return text.Replace(good, bad, StringComparison.Ordinal);
        });

        if (fault.Length == 0)
        {
            Assert.DoesNotContain(report.Faults, found => !found.IsNote);
        }
        else
        {
            Assert.Contains(report.Faults.Select(found => $"{found.Where} {found.What}"), told => told.StartsWith(fault, StringComparison.Ordinal));
        }
    }

    private static ExportReport Together(Func<string, string, string> change)
    {
        var export = new ExportCheck();
        foreach (var dataset in DatasetList.All)
        {
            var bytes = Encoding.UTF8.GetBytes(change(dataset.Name, Encoding.UTF8.GetString(RichStudy.Make().File(dataset, DatasetCarrier.Json))));
            DatasetCheck.Run($"{dataset.Name}.json", () => new MemoryStream(bytes), export: export);
        }

        return export.Finish();
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

using System.Text;
using System.Text.Json.Nodes;
using Equecel.Analytics.Datasets;
using Equecel.DatasetJson;
using Equecel.DatasetJson.Checks;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class ExportCheckTests
{
    [Fact]
    public void The_datasets_of_one_export_agree()
    {
        var report = Check((_, _) => { });

        Assert.Equal(DatasetList.All.Select(dataset => dataset.Name).Order(StringComparer.Ordinal), report.Datasets);
        Assert.Equal(5, report.SubjectCount);
        Assert.Empty(report.Faults.Select(fault => $"{fault}"));
    }

    [Theory]
    [InlineData("DM", "01-0002", "", "USUBJID", "EQUECEL-RWS-01-0009", "DM has no row of EQUECEL-RWS-01-0002")]
    [InlineData("ADSL", "01-0002", "", "USUBJID", "EQUECEL-RWS-01-0009", "ADSL has no row of EQUECEL-RWS-01-0002")]
    [InlineData("DM", "01-0001", "", "DTHFL", null, "ADSL, DTHDT and DM.DTHFL differ about death")]
    [InlineData("DM", "01-0001", "", "DTHDTC", "2025-08-27", "ADSL, DTHDT is not the day of DM.DTHDTC")]
    [InlineData("ADSL", "01-0001", "", "TRTSDT", "2025-03-02", "ADSL, TRTSDT is not the day of DM.RFXSTDTC")]
    [InlineData("ADSL", "01-0001", "", "SAFFL", "N", "ADSL, SAFFL and DM.RFXSTDTC differ about the treatment")]
    [InlineData("ADSL", "01-0003", "", "FASFL", "Y", "ADSL, FASFL is Y outside the safety population")]
    [InlineData("ADSL", "01-0003", "", "EVALFL", "Y", "ADSL, EVALFL is Y outside the full analysis set")]
    [InlineData("EX", "01-0001", "EQUECABTAGENE AUTOLEUCEL", "EXSTDTC", "2025-03-01T11:00:00+08:00", "DM, RFXSTDTC is the start of no row of EX")]
    [InlineData("DM", "01-0001", "", "RFICDTC", "2025-01-09", "DM, RFICDTC is not the earliest consent of DS")]
    [InlineData("DS", "01-0001", "DEATH", "DSDECOD", "OTHER", "DM, DTHFL is Y, and DS has no death")]
    [InlineData("ADAE", "01-0001", "", "AESEQ", 9, "ADAE, AESEQ names an event that AE has not")]
    [InlineData("ADAE", "01-0001", "Pyrexia", "AESEQ", 2, "AE, AESEQ names an event that ADAE has not")]
    [InlineData("RS", "01-0001", "OVRLRESP", "RSSEQ", 9, "ADRS, SRCSEQ of OVR are not the overall responses of RS")]
    [InlineData("ADTTE", "01-0001", "OS", "ADT", "2025-05-29", "ADTTE, ADT of PFS is after that of OS")]
    [InlineData("ADRS", "01-0001", "RSP", "AVALC", "N", "ADTTE, PARAMCD is RSD for a subject who did not respond")]
    [InlineData("ADRS", "01-0001", "PD", "ADT", "2025-05-29", "ADTTE, ADT of a progression is not that of PD in ADRS")]
    public void What_does_not_agree_is_told(string dataset, string participant, string having, string variable, object? value, string fault) => Assert.Contains(
        Check((name, rows) => Set(name == dataset ? rows : [], participant, having, variable, value)).Faults.Where(found => !found.IsNote).Select(found => $"{found.Where} {found.What}"),
        told => told.StartsWith(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("DD", "PRCDTH", "DDTESTCD", "OTHER", "DM, DTHFL is Y, and DD has no cause of death")]
    [InlineData("DM", "", "DTHFL", null, "DS, DSDECOD is DEATH, and DM.DTHFL is not Y")]
    [InlineData("DM", "", "DTHFL", null, "AE, AESDTH is Y, and DM.DTHFL is not")]
    public void What_the_records_themselves_may_contradict_is_a_note(string dataset, string having, string variable, object? value, string note) => Assert.Contains(
        Check((name, rows) => Set(name == dataset ? rows : [], "01-0001", having, variable, value)).Faults.Where(found => found.IsNote).Select(found => $"{found.Where} {found.What}"),
        told => told.StartsWith(note, StringComparison.Ordinal));

    [Fact]
    public void What_is_our_promise_alone_is_not_asked_of_others() =>
        Assert.Empty(Check((name, rows) => Set(name == "RS" ? rows : [], "01-0001", "OVRLRESP", "RSSEQ", 9), system: "Another").Faults);

    private static ExportReport Check(Action<string, IEnumerable<Dictionary<string, Cell>>> change, string system = "Equecel")
    {
        var export = new ExportCheck();
        foreach (var dataset in DatasetList.All)
        {
            var file = JsonNode.Parse(RichStudy.Make().File(dataset, DatasetCarrier.Json))!;
            file["sourceSystem"]!["name"] = system;
            var names = file["columns"]!.AsArray().Select(column => (string)column!["name"]!).ToList();
            change(dataset.Name, file["rows"]!.AsArray().Select(row => names.Index().ToDictionary(name => name.Item, name => new Cell(row!.AsArray(), name.Index))));
            DatasetCheck.Run($"{dataset.Name}.json", () => new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())), export: export);
        }

        return export.Finish();
    }

    /// <summary>Sets a variable in the rows of a participant that have a text somewhere.</summary>
    private static void Set(IEnumerable<Dictionary<string, Cell>> rows, string participant, string having, string variable, object? value)
    {
        foreach (var row in rows.Where(row => row["USUBJID"].Text.EndsWith(participant, StringComparison.Ordinal) && (having.Length == 0 || row.Values.Any(cell => cell.Text == having))))
        {
            row[variable].Set(value);
        }
    }

    private sealed record Cell(JsonArray Row, int Place)
    {
        public string Text => $"{Row[Place]}";

        public void Set(object? value) => Row[Place] = JsonValue.Create(value);
    }
}

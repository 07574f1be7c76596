using System.Text;
using System.Text.Json.Nodes;
using Equecel.Analytics.Datasets;
using Equecel.DatasetJson;
using Equecel.DatasetJson.Checks;

namespace Equecel.Analytics.Tests.Datasets;

/// <summary>The rich study: 01-0001 died on 2025-08-28, 02-0001 in June 2025; both were infused on 2025-03-01.</summary>
public sealed class ExportOrderTests
{
    [Theory]
    [InlineData("AE", "01-0001", "Fever", "AESTDTC", "2025-08-28", false)]
    [InlineData("AE", "01-0001", "Fever", "AESTDTC", "2025-08-29", true)]
    [InlineData("AE", "01-0001", "Fever", "AEENDTC", "2025-08-28T23:59:00+08:00", false)]
    [InlineData("AE", "01-0001", "Fever", "AEENDTC", "2025-08-29T00:01:00+08:00", true)]
    [InlineData("DS", "01-0001", "ENTERED INTO TRIAL", "DSSTDTC", "2025-08-29", true)]
    [InlineData("EX", "01-0001", "FLUDARABINE", "EXSTDTC", "2025-08-29", true)]
    [InlineData("HO", "01-0001", "OUTPATIENT CLINIC", "HOENDTC", "2025-08-28", false)]
    [InlineData("HO", "01-0001", "OUTPATIENT CLINIC", "HOENDTC", "2025-09-01", true)]
    [InlineData("QS", "01-0001", "EOR0101", "QSDTC", "2025-08-29", true)]
    [InlineData("RS", "01-0001", "PD", "RSDTC", "2025-08-29", true)]
    [InlineData("RS", "02-0001", "VGPR", "RSDTC", "2025-06-30", false)]
    [InlineData("RS", "02-0001", "VGPR", "RSDTC", "2025-07-01", true)]
    [InlineData("DD", "01-0001", "PRCDTH", "DDDTC", "2025-10-01", false)]
    [InlineData("QS", "01-0001", "QSALL", "QSDTC", "2025-03", false)]
    public void A_record_after_death_is_noted_and_one_up_to_it_is_not(string dataset, string participant, string having, string variable, string date, bool isNoted)
    {
        var notes = new MadeExport(RichStudy.Make()).Set(dataset, participant, having, variable, date).Notes();

        var noted = notes.Where(note => note.Contains("after DM.DTHDTC", StringComparison.Ordinal)).ToList();
        Assert.Equal(isNoted ? 1 : 0, noted.Count);
        Assert.All(noted, note => Assert.StartsWith($"{dataset}, ", note, StringComparison.Ordinal));
        Assert.All(noted, note => Assert.EndsWith(participant, note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AE", "Fever", "AESTDY", 2, false)]
    [InlineData("AE", "Fever", "AESTDY", 3, true)]
    [InlineData("AE", "Fever", "AEENDY", 3, true)]
    [InlineData("AE", "Chill", "AESTDY", -9, false)]
    [InlineData("AE", "Chill", "AESTDY", -8, true)]
    [InlineData("AE", "Fever", "AESTDY", null, false)]
    [InlineData("DS", "DEATH", "DSSTDY", 180, true)]
    [InlineData("EX", "FLUDARABINE", "EXSTDY", -3, true)]
    [InlineData("HO", "HOSPITAL", "HOENDY", 21, true)]
    [InlineData("QS", "EOR0101", "QSDY", -8, true)]
    [InlineData("RS", "PR", "RSDY", 30, true)]
    public void Study_days_are_counted_from_the_reference_of_DM(string dataset, string having, string variable, int? day, bool isFault)
    {
        var faults = new MadeExport(RichStudy.Make()).Set(dataset, "01-0001", having, variable, day).Faults();

        Assert.Equal(isFault ? 1 : 0, faults.Count(fault => fault.StartsWith($"{dataset}, ", StringComparison.Ordinal) && fault.Contains("is not counted from DM.RFSTDTC, for EQUECEL-RWS-01-0001", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2025-03-02")]
    [InlineData(null)]
    public void Another_reference_or_none_disagrees_with_every_study_day(string? reference) => Assert.Equal(
        ["AE, AESTDY", "DS, DSSTDY", "EX, EXSTDY", "HO, HOSTDY", "QS, QSDY", "RS, RSDY"],
        new MadeExport(RichStudy.Make()).Set("DM", "01-0001", "", "RFSTDTC", reference).Faults()
            .Where(fault => fault.Contains("is not counted from", StringComparison.Ordinal)).Select(fault => fault.Split(" is ")[0]));

    [Theory]
    [InlineData("EX", "01-0001", "CAR-T INFUSION", "EXSTDTC", "2025-02-28T10:00:00+08:00", "EX, EXSTDTC of the first infusion is not DM.RFXSTDTC")]
    [InlineData("DM", "01-0001", "", "RFXSTDTC", null, "EX, EXSTDTC of the first infusion is not DM.RFXSTDTC")]
    [InlineData("ADSL", "01-0001", "", "SITEID", "02", "ADSL, SITEID is not that of DM")]
    [InlineData("ADSL", "01-0001", "", "DATAORIG", null, "ADSL, DATAORIG is not there")]
    [InlineData("ADTTE", "01-0001", "TTNT", "PARAMCD", "TTX", "ADSL, FASFL is Y, and a time of ADTTE is not there")]
    [InlineData("ADSL", "01-0001", "", "FASFL", "N", "ADTTE, USUBJID has times outside the full analysis set")]
    [InlineData("ADTTE", "01-0001", "PFS", "SRCSEQ", 9, "ADTTE, SRCSEQ names a response that RS has not")]
    [InlineData("ADTTE", "01-0001", "RSD", "PARAMCD", "TTX", "ADRS, PARAMCD is RSP with Y, and ADTTE has no RSD")]
    public void What_else_does_not_agree_is_told(string dataset, string participant, string having, string variable, object? value, string fault)
    {
        Assert.DoesNotContain(new MadeExport(RichStudy.Make()).Faults(), told => told.StartsWith(fault, StringComparison.Ordinal));
        Assert.Contains($"{fault}, for EQUECEL-RWS-{participant}", new MadeExport(RichStudy.Make()).Set(dataset, participant, having, variable, value).Faults());
    }

    [Theory]
    [InlineData("01-0001", "2025-02-20", false)]
    [InlineData("01-0001", "2025-02-21", true)]
    [InlineData("02-0001", "2025-04-01", false)]
    public void A_consent_after_what_is_done_for_the_study_is_noted_of_prospective_subjects(string participant, string consent, bool isNoted)
    {
        var notes = new MadeExport(RichStudy.Make()).Set("DM", participant, "", "RFICDTC", consent).Notes();

        Assert.Equal(
            isNoted ? [$"DM, RFICDTC is after a dose, an assessment or a questionnaire of a prospective subject, for EQUECEL-RWS-{participant}"] : [],
            notes);
    }

    [Fact]
    public void Fewer_enrolled_than_infused_are_noted()
    {
        Assert.Empty(new MadeExport(RichStudy.Make()).Set("ADSL", "01-0004", "", "ENRLFL", "N").Notes());
        Assert.Equal(
            ["ADSL, ENRLFL is Y for 2 subjects, and SAFFL for 3"],
            new MadeExport(RichStudy.Make()).Set("ADSL", "01-0004", "", "ENRLFL", "N").Set("ADSL", "01-0003", "", "ENRLFL", "N").Notes());
    }

    [Theory]
    [InlineData(V1.Dataset.Adtte, "20250828", "Equecel", true)]
    [InlineData(V1.Dataset.Adtte, "20250827", "Equecel", false)]
    [InlineData(V1.Dataset.Adtte, "20250827", "Another", true)]
    [InlineData(V1.Dataset.Adrs, "20250827", "Equecel", false)]
    [InlineData(V1.Dataset.Adqs, "20250329", "Equecel", true)]
    [InlineData(V1.Dataset.Adqs, "20250328", "Equecel", false)]
    public void Nothing_analysed_is_after_the_cutoff_that_a_file_names(V1.Dataset name, string cutoff, string system, bool isGood)
    {
        var dataset = DatasetList.Find(name)!;
        var file = JsonNode.Parse(RichStudy.Make().File(dataset, DatasetCarrier.Json))!;
        file["fileOID"] = $"EQUECEL-RWS.20260101T000000000000Z.V1.CUT{cutoff}.{dataset.Name}";
        file["sourceSystem"]!["name"] = system;

        var report = DatasetCheck.Run($"{dataset.Name}.json", () => new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())));

        Assert.Equal(isGood, report.IsGood);
        Assert.All(report.Faults, fault => Assert.Contains("is after the data cut-off", $"{fault}", StringComparison.Ordinal));
    }
}

using Equecel.Records.V1;

namespace Equecel.Cli.Tests.Tables;

public sealed class TableReferenceTests : ImportedTables
{
    [Theory]
    [InlineData("disease_assessment:B1", "SAVED", "")]
    [InlineData("disease_assessment:B2", "REFUSED", "T06")]
    [InlineData("disease_assesment:B1", "REFUSED", "T06")]
    [InlineData("0198c0de-0000-7000-8000-000000000001", "SAVED", "")]
    public async Task A_cell_may_refer_to_a_row_before_by_form_and_key(string reference, string outcome, string code)
    {
        var record = "";
        Platform.Safety.Import.Decide = message =>
        {
            record = message.Row.Death.AdverseEventRecordId;
            return message.Row.Header.ValidateOnly ? new ImportVerdict { Outcome = ImportOutcome.WouldSave } : null;
        };
        Write("disease_assessment", "participant,origin,key,visit\n01-0001,PROSPECTIVE,B1,WEEK_4\n01-0002,PROSPECTIVE,B2,WEEK_4\n");
        Write("death", $"participant,origin,death_date,adverse_event_record_id\n01-0001,PROSPECTIVE,2026-01-01,{reference}\n");

        await ImportAsync();

        var verdict = Assert.Single(Verdicts("death"));
        Assert.Equal((outcome, code), (verdict["verdict"], verdict["code"]));
        Assert.Equal(reference.Contains("B1", StringComparison.Ordinal) && outcome == "SAVED", record == Verdicts("disease_assessment")[0]["record_id"]);
    }

    [Fact]
    public async Task Of_two_forms_that_name_each_other_the_one_that_is_sent_later_names_the_other()
    {
        Safety.V1.HospitalStay? sent = null;
        Platform.Safety.Import.Decide = message =>
        {
            sent = message.Row.HospitalStay ?? sent;
            return message.Row.Header.ValidateOnly ? new ImportVerdict { Outcome = ImportOutcome.WouldSave } : null;
        };
        Write("adverse_event", "participant,origin,key,hospital_stay_record_ids\n01-0001,PROSPECTIVE,AE1,\n01-0001,PROSPECTIVE,AE2,hospital_stay:S1\n");
        Write("hospital_stay", "participant,origin,key,adverse_event_record_ids\n01-0001,PROSPECTIVE,S1,adverse_event:AE1\n");

        await ImportAsync();

        Assert.Equal(["SAVED", "REFUSED"], Verdicts("adverse_event").Select(line => line["verdict"]));
        Assert.Contains("name this row in that one, as adverse_event and its key", Verdicts("adverse_event")[1]["message"], StringComparison.Ordinal);
        Assert.Equal("SAVED", Assert.Single(Verdicts("hospital_stay"))["verdict"]);
        Assert.Equal(Verdicts("adverse_event")[0]["record_id"], Assert.Single(sent!.AdverseEventRecordIds));
    }

    [Fact]
    public async Task What_the_service_says_of_an_element_whose_cell_has_a_fault_is_not_told_beside_it()
    {
        Platform.Safety.Import.Decide = _ => new ImportVerdict
        {
            Outcome = ImportOutcome.Refused,
            ErrorReason = "INVALID_FIELDS",
            Findings = { new Finding { Code = "F09", Field = "adverse_event_record_ids[0]" }, new Finding { Code = "F01", Field = "kind" } },
        };
        Write("hospital_stay", "participant,origin,adverse_event_record_ids\n01-0001,PROSPECTIVE,adverse_event:AE1\n");

        await ImportAsync();

        Assert.Equal(["T06 adverse_event_record_ids", "F01 kind"], Verdicts("hospital_stay").Select(line => $"{line["code"]} {line["field"]}"));
    }
}

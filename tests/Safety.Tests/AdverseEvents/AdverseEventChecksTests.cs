using Equecel.Common.V1;
using Equecel.Records.V1;
using Equecel.Safety.AdverseEvents;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Tests.AdverseEvents;

public sealed class AdverseEventChecksTests
{
    public static TheoryData<string, Action<AdverseEvent>> Events => new()
    {
        { "", _ => { } },
        { "F01! term", form => form.Term = " " },
        { "F05! term", form => form.Term = new string('x', 201) },
        { "F01! ctcae_version", form => form.CtcaeVersion = CtcaeVersion.Unspecified },
        { "F01! action", form => form.Action = AdverseEvent.Types.Action.Unspecified },
        { "", form => form.Coding = new MedDraCoding { Version = "27.0", PtCode = "10037844", Pt = "As supplied" } },
        { "F01! coding.version", form => form.Coding = new MedDraCoding { PtCode = "10037844" } },
        { "F03! coding.llt_code", form => form.Coding = new MedDraCoding { Version = "27.0", LltCode = "1003784" } },
        { "F03! coding.soc_code", form => form.Coding = new MedDraCoding { Version = "27.0", SocCode = "1003784x" } },
        { "F01! onset_date", form => form.OnsetDate = "" },
        { "F03! onset_date", form => form.OnsetDate = "10 March" },
        { "", form => form.OnsetDate = "2024-03" },
        { "E01! onset_date, S01! end_date", form => form.OnsetDate = "2024-07-02" },
        { "F03! onset_time", form => form.OnsetTime = Form.At("2024-03-11T00:00:00+08:00") },
        { "", form => form.OnsetTime = Form.At("2024-03-09T16:00:00Z") },
        { "S01! end_date", form => form.EndDate = "2024-03-09" },
        { "", form => form.EndDate = "2024-03-10" },
        { "", form => form.EndDate = "2024-03" },
        { "S01! end_date", form => (form.EndDate, form.OnsetTime, form.EndTime) = ("2024-03-10", Form.At("2024-03-10T08:00:00Z"), Form.At("2024-03-10T07:00:00Z")) },
        { "S02! end_date", form => form.Ongoing = true },
        { "S02! end_date, S08! end_date", form => form.ClearEndDate() },
        { "", form => (form.EndDate, form.Ongoing, form.Outcome) = ("", true, EventOutcome.NotRecovered) },
        { "S08! end_date", form => (form.EndDate, form.Ongoing) = ("", true) },
        { "S08! end_date", form => (form.EndDate, form.Ongoing, form.Outcome) = ("", true, EventOutcome.RecoveredWithSequelae) },
        { "F01! outcome", form => form.Outcome = EventOutcome.Unspecified },
        { "S03! treatment_emergent", form => (form.OnsetDate, form.TreatmentEmergent) = ("2024-02-29", YesNoUnknown.Yes) },
        { "", form => (form.OnsetDate, form.TreatmentEmergent) = ("2024-02-29", YesNoUnknown.No) },
        { "", form => (form.OnsetDate, form.TreatmentEmergent) = ("2024-03-01", YesNoUnknown.Yes) },
        { "", form => (form.OnsetDate, form.TreatmentEmergent, form.GradeBeforeInfusion) = ("2024-02-29", YesNoUnknown.Yes, 1) },
        { "S03! treatment_emergent", form => (form.OnsetDate, form.TreatmentEmergent, form.GradeBeforeInfusion) = ("2024-02-29", YesNoUnknown.Yes, 2) },
        { "F01! grade", form => form.ClearGrade() },
        { "F02! grade", form => form.Grade = 6 },
        { "F01! serious", form => form.ClearSerious() },
        { "S04! seriousness_criteria, F01! awareness_time", form => form.Serious = true },
        { "S04! seriousness_criteria", form => form.SeriousnessCriteria.Add(SeriousnessCriterion.Disability) },
        { "S05! outcome, S07? seriousness_criteria", form => (form.Grade, form.Outcome, form.EndDate) = (4, EventOutcome.Fatal, "2024-03-14") },
        { "S05! outcome", form => form.Grade = 5 },
        { "S07? seriousness_criteria", form => form.Grade = 4 },
        { "S20! serious", form => form.SpecialInterest = SpecialInterest.SecondaryMalignancy },
        { "S26? causes", form => form.Causes.Clear() },
        { "S26? causes", form => form.Causes[0].Cause = Cause.Bridging },
        { "F01! causes[0].causality", form => form.Causes[0].Causality = Causality.Unspecified },
        { "F04! causes", form => form.Causes.Add(form.Causes[0].Clone()) },
        { "F01! causes[1].text", form => form.Causes.Add(new CauseAssessment { Cause = Cause.OtherDrug, Causality = Causality.Possible }) },
        { "F01! treatments[0].kind", form => form.Treatments.Add(new Treatment()) },
        { "F01! treatments[0].text", form => form.Treatments.Add(new Treatment { Kind = TreatmentKind.Other }) },
        { "F01! treatments[0].dose_unit", form => form.Treatments.Add(new Treatment { Kind = TreatmentKind.Tocilizumab, Dose = 480 }) },
        { "F02! treatments[0].dose", form => form.Treatments.Add(new Treatment { Kind = TreatmentKind.Steroid, Dose = 0, DoseUnit = "mg" }) },
        { "E10! treatments[0].end_date", form => form.Treatments.Add(new Treatment { Kind = TreatmentKind.Steroid, StartDate = "2024-03-11", EndDate = "2024-03-10" }) },
        { "F04! treatments", form => form.Treatments.Add([new Treatment { Kind = TreatmentKind.None }, new Treatment { Kind = TreatmentKind.Steroid }]) },
        { "", form => form.Treatments.Add(new Treatment { Kind = TreatmentKind.Tocilizumab, Dose = 480, DoseUnit = "mg", StartDate = "2024-03-11" }) },
        { "F04! crs", form => form.Crs = new CrsFindings() },
        { "F04! icans", form => form.Icans = new IcansFindings() },
        { "S25! awareness_time", form => form.AwarenessTime = Form.At("2024-03-09T23:00:00+08:00") },
        { "", form => form.AwarenessTime = Form.At("2024-03-10T00:00:00+08:00") },
        { "S25! sponsor_awareness_time", form => (form.AwarenessTime, form.SponsorAwarenessTime) = (Form.At("2024-03-12T00:00:00Z"), Form.At("2024-03-11T00:00:00Z")) },
        { "E01! change_awareness_time", form => form.ChangeAwarenessTime = Form.At("2024-07-02T00:00:00+08:00") },
        { "F01! reports[0].rules, F01! reports[0].submit_time", form => form.Reports.Add(new SubmittedReport()) },
        { "F03! hospital_stay_record_ids[0]", form => form.HospitalStayRecordIds.Add("the first") },
        { "F09! hospital_stay_record_ids[0]", form => form.HospitalStayRecordIds.Add(Form.OtherId) },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Each_rule_finds_its_field(string expected, Action<AdverseEvent> change)
    {
        var form = Form.AdverseEvent();
        change(form);

        Assert.Equal(expected, AdverseEventChecks.Run(form, Form.Context()).Brief());
    }

    public static TheoryData<string, Action<AdverseEvent>> CellToxicities => new()
    {
        { "", _ => { } },
        { "F01! onset_time", form => form.OnsetTime = null },
        { "F01! crs", form => form.Crs = null },
        { "F01! crs.fever", form => form.Crs.ClearFever() },
        { "S15! grade", form => form.Grade = 3 },
        { "S15! grade", form => form.Crs.Oxygen = Oxygen.HighFlow },
        { "S15? grade", form => (form.Grade, form.OverrideReason) = (3, "One pressor for an hour, of another cause") },
        { "S17! onset_date", form => (form.OnsetDate, form.OnsetTime) = ("2024-02-29", Form.At("2024-02-29T12:00:00+08:00")) },
        { "", form => (form.OnsetDate, form.OnsetTime, form.EndDate) = ("2024-03-22", Form.At("2024-03-22T12:00:00+08:00"), "2024-04-02") },
        { "S16? onset_date", form => (form.OnsetDate, form.OnsetTime, form.EndDate) = ("2024-03-23", Form.At("2024-03-23T12:00:00+08:00"), "2024-04-02") },
    };

    [Theory]
    [MemberData(nameof(CellToxicities))]
    public void Of_CRS_the_findings_must_give_the_grade(string expected, Action<AdverseEvent> change)
    {
        var form = Form.Crs();
        change(form);

        Assert.Equal(expected, AdverseEventChecks.Run(form, Form.Context()).Brief());
    }

    [Theory]
    [InlineData(5, "2024-03-10", "")]
    [InlineData(7, "2024-03-10", "S15! grade")]
    [InlineData(11, "2024-03-10", "S18! icans.ice_total, S15! grade")]
    [InlineData(5, "2024-03-29", "")]
    [InlineData(5, "2024-03-30", "S16? onset_date")]
    public void Of_ICANS_as_well(int ice, string onset, string expected)
    {
        var form = Form.Icans();
        (form.Icans.IceTotal, form.OnsetDate, form.OnsetTime, form.EndDate) = (ice, onset, Form.At($"{onset}T12:00:00+08:00"), "2024-04-14");

        Assert.Equal(expected, AdverseEventChecks.Run(form, Form.Context()).Brief());
    }

    [Fact]
    public void What_an_archive_has_not_is_stated()
    {
        var form = Form.Crs();
        form.Grade = 3;
        form.OnsetTime = null;
        form.ClearEndDate();
        form.ClearSerious();
        var context = Form.Context(DataOrigin.Retrospective) with
        {
            Missing = new Dictionary<string, MissingReason>
            {
                ["onset_time"] = MissingReason.NotAvailable,
                ["end_date"] = MissingReason.NotAvailable,
                ["serious"] = MissingReason.NotAvailable,
            },
        };

        Assert.Equal("S15? grade", AdverseEventChecks.Run(form, context).Brief());
    }

    [Theory]
    [InlineData("2024-03-09", "E25! onset_date, E25! end_date")]
    [InlineData("2024-03-12", "E25! end_date")]
    [InlineData("2024-03-14", "")]
    public void Nothing_is_dated_after_death(string date, string expected)
    {
        var death = Form.Death();
        death.DeathDate = date;

        Assert.Equal(expected, AdverseEventChecks.Run(Form.AdverseEvent(), Form.Context(others: Form.Record(Form.OtherId, death))).Brief());
    }

    [Fact]
    public void A_linked_stay_must_be_a_stay_of_the_participant()
    {
        var form = Form.AdverseEvent();
        form.HospitalStayRecordIds.Add([Form.OtherId, Form.OtherId.ToUpperInvariant()]);

        Assert.Equal("", AdverseEventChecks.Run(form, Form.Context(others: Form.Record(Form.OtherId, Form.Stay()))).Brief());
        Assert.Equal("F09! hospital_stay_record_ids[0], F09! hospital_stay_record_ids[1]", AdverseEventChecks.Run(form, Form.Context(others: Form.Record(Form.OtherId, Form.Crs()))).Brief());
    }

    [Fact]
    public void Of_a_list_that_is_too_long_the_rest_is_not_looked_into()
    {
        var form = Form.AdverseEvent();
        form.Treatments.Add(Enumerable.Repeat(new Treatment { Kind = TreatmentKind.Steroid }, 50));
        form.Treatments.Add(Enumerable.Repeat(new Treatment(), 950));
        form.HospitalStayRecordIds.Add(Enumerable.Repeat(Form.OtherId, 1_000));
        var findings = AdverseEventChecks.Run(form, Form.Context(others: Form.Record(Form.OtherId, Form.Stay()))).OfType<Finding>().ToList();

        Assert.Equal(["F08 treatments", "F08 hospital_stay_record_ids"], findings.Where(finding => finding.Code == "F08").Select(finding => $"{finding.Code} {finding.Field}"));
        Assert.Equal(
            Enumerable.Range(1, 19).Select(i => $"hospital_stay_record_ids[{i}]"),
            findings.Where(finding => finding.Code == "F04").Select(finding => finding.Field));
        Assert.DoesNotContain(findings, finding => finding.Field.StartsWith("treatments[", StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_are_those_of_the_data_validation_plan()
    {
        var form = Form.Crs();
        form.Grade = 4;
        var finding = AdverseEventChecks.Run(form, Form.Context()).Single(finding => finding?.Code == "S15")!;

        Assert.StartsWith("Entered findings give grade 2, not 4.", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("所填表现对应2级，与4级不符。", finding.MessageZh, StringComparison.Ordinal);
    }
}

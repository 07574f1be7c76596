using Equecel.Common.V1;
using Equecel.Safety.Toxicities;
using Equecel.Safety.V1;

namespace Equecel.Safety.Tests.Toxicities;

public sealed class ToxicityDayChecksTests
{
    public static TheoryData<string, Action<ToxicityDay>> Prospective => new()
    {
        { "", _ => { } },
        { "F01! date", form => form.Date = "" },
        { "F03! date", form => form.Date = "2024-3-10" },
        { "E01! date, E05? date", form => form.Date = "2024-07-02" },
        { "S17! date", form => form.Date = "2024-02-29" },
        { "", form => form.Date = "2024-03-01" },
        { "", form => form.Date = "2024-03-29" },
        { "E05? date", form => form.Date = "2024-03-30" },
        { "F01! max_temperature_celsius, F01! crs.fever", form => form.ClearMaxTemperatureCelsius() },
        { "F02! max_temperature_celsius", form => form.MaxTemperatureCelsius = 43.1 },
        { "F02! systolic_mmhg", form => form.SystolicMmhg = 261 },
        { "F02! diastolic_mmhg", form => form.DiastolicMmhg = 110 },
        { "F02! oxygen_saturation_percent", form => form.OxygenSaturationPercent = 39 },
        { "F01! crs", form => form.Crs = null },
        { "F01! crs.fever_masked, F01! crs.hypotension, F01! crs.oxygen", form => form.Crs = new CrsFindings() },
        { "F01! icans", form => form.Icans = null },
        { "F01! icans.consciousness, F01! icans.seizure, F01! icans.motor_weakness, F01! icans.cerebral_oedema", form => form.Icans = new IcansFindings() },
        { "S18! icans.ice.year", form => form.Icans.Ice.Year = 2 },
        { "F01! icans.ice", form => form.Icans.Ice.ClearCounting() },
        { "S18! icans.ice_total", form => form.Icans.IceTotal = 9 },
        { "S18! icans.ice_total", form => (form.Icans.Ice, form.Icans.IceTotal) = (null, 11) },
        { "", form => form.Icans.IceTotal = 10 },
        { "", form => (form.Icans.Ice, form.Icans.IceTotal) = (null, 4) },
        { "S18! icans.ice.counting", form => (form.Icans.Ice, form.Icans.IceUnable) = (Form.Ice("0000 000 001"), true) },
        { "", form => form.InvestigatorCrsGrade = 1 },
        { "S15! investigator_crs_grade", form => form.InvestigatorCrsGrade = 2 },
        { "S15? investigator_crs_grade", form => (form.InvestigatorCrsGrade, form.OverrideReason) = (2, "Cuff was wrong") },
        { "", form => form.InvestigatorIcansGrade = 0 },
        { "S15! investigator_icans_grade", form => form.InvestigatorIcansGrade = 1 },
        { "F02! investigator_icans_grade", form => form.InvestigatorIcansGrade = 6 },
        { "F05! override_reason", form => form.OverrideReason = new string('x', 501) },
    };

    [Theory]
    [MemberData(nameof(Prospective))]
    public void Each_rule_finds_its_field(string expected, Action<ToxicityDay> change)
    {
        var form = Form.ToxicityDay();
        change(form);

        Assert.Equal(expected, ToxicityDayChecks.Run(form, Form.Context()).Brief());
    }

    [Fact]
    public void An_archive_may_differ_and_leave_findings_out()
    {
        var form = Form.ToxicityDay();
        (form.InvestigatorCrsGrade, form.Crs.Oxygen, form.Icans.Seizure) = (2, Oxygen.None, Seizure.Unspecified);

        Assert.Equal("S15? investigator_crs_grade", ToxicityDayChecks.Run(form, Form.Context(DataOrigin.Retrospective)).Brief());
    }

    [Fact]
    public void A_day_has_one_record_and_none_comes_after_death()
    {
        var other = Form.ToxicityDay();
        var death = Form.Death();
        death.DeathDate = "2024-03-09";

        Assert.Equal("F10! date", ToxicityDayChecks.Run(Form.ToxicityDay(), Form.Context(others: Form.Record(Form.OtherId, other))).Brief());
        Assert.Equal("E25! date", ToxicityDayChecks.Run(Form.ToxicityDay(), Form.Context(others: Form.Record(Form.OtherId, death))).Brief());
    }

    [Theory]
    [InlineData(37.9, 0)]
    [InlineData(38.0, 1)]
    public void Fever_begins_at_38_degrees(double celsius, int grade)
    {
        var form = Form.ToxicityDay();
        form.MaxTemperatureCelsius = celsius;

        var derived = (ToxicityGrade)ToxicityGradeDerivation.Derive(Form.Facts(), [Form.Record(Form.EventId, form)]).Single().Form;

        Assert.Equal((grade, 0, 10, 9, Form.EventId), (derived.CrsGrade, derived.IcansGrade, derived.IceTotal, derived.StudyDay, derived.SourceRecordId));
    }

    [Theory]
    [InlineData("2024-03-11", 3, "S15? grade")]
    [InlineData("2024-03-11", 2, "")]
    [InlineData("2024-03-15", 3, "")]
    public void An_events_grade_is_the_worst_of_its_days(string day, int dayGrade, string expected)
    {
        var worst = Form.ToxicityDay();
        (worst.Date, worst.Crs.Hypotension) = (day, dayGrade == 3 ? Hypotension.OnePressor : Hypotension.NoPressor);

        var derived = ToxicityGradeDerivation.Derive(Form.Facts(), [Form.Record(Form.EventId, Form.Crs()), Form.Record(Form.OtherId, worst)]).ToList();

        Assert.Equal(expected, derived[0].Findings.Brief());
        Assert.Equal((2, false), (((ToxicityGrade)derived[0].Form).CrsGrade, ((ToxicityGrade)derived[0].Form).HasIcansGrade));
    }
}

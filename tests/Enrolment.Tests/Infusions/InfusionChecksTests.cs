using Equecel.Common.V1;
using Equecel.Enrolment.Infusions;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Infusion.Types;

namespace Equecel.Enrolment.Tests.Infusions;

public sealed class InfusionChecksTests
{
    private static ParticipantFacts Facts => new() { BirthYearMonth = "1960-05", ConsentDate = "2024-01-10", BodyMassKg = 60 };

    public static TheoryData<string, Action<Infusion>> Cases => new()
    {
        { "", _ => { } },
        { "F01! start_time", form => form.StartTime = null },
        { "F01! end_time", form => form.EndTime = null },
        { "F01! batch_number", form => form.BatchNumber = " " },
        { "F05! batch_number", form => form.BatchNumber = new string('x', 51) },
        { "F01! dose_million_cells", form => form.ClearDoseMillionCells() },
        { "F01! body_mass_kg", form => form.ClearBodyMassKg() },
        { "F01! setting", form => form.Setting = Setting.Unspecified },
        { "F04! premedications", form => form.Premedications.Add([Premedication.Other, Premedication.Other]) },
        { "F04! premedications", form => form.Premedications.Add(Premedication.Unspecified) },
        { "", form => form.Premedications.Add([Premedication.Antipyretic, Premedication.Antihistamine]) },
        { "E23? second_infusion", form => form.SecondInfusion = true },
        { "F02! dose_million_cells", form => form.DoseMillionCells = 0.9 },
        { "F02! dose_million_cells", form => form.DoseMillionCells = 1000.1 },
        { "E05? dose_million_cells, F02! dose_million_cells", form => form.DoseMillionCells = 5.9 },
        { "F02! dose_million_cells", form => form.DoseMillionCells = 60_000_000 },
        { "E05? dose_million_cells, F02! dose_million_cells", form => form.DoseMillionCells = 601 },
        { "E05? dose_million_cells, E21? dose_million_cells", form => form.DoseMillionCells = 6 },
        { "E21? dose_million_cells", form => form.DoseMillionCells = 47.9 },
        { "", form => form.DoseMillionCells = 48 },
        { "", form => form.DoseMillionCells = 72 },
        { "E21? dose_million_cells", form => form.DoseMillionCells = 72.1 },
        { "", form => (form.BodyMassKg, form.DoseMillionCells) = (54, 54) },
        { "E22? body_mass_kg", form => (form.BodyMassKg, form.DoseMillionCells) = (53.9, 54) },
        { "", form => (form.BodyMassKg, form.DoseMillionCells) = (66, 66) },
        { "E22? body_mass_kg", form => (form.BodyMassKg, form.DoseMillionCells) = (66.1, 66) },
        { "F02! body_mass_kg", form => form.BodyMassKg = 6 },
        { "E20! end_time", form => form.EndTime = Form.At("2024-03-01T01:59:59Z") },
        { "", form => form.EndTime = Form.At("2024-03-01T02:00:00Z") },
        { "", form => form.EndTime = Form.At("2024-03-01T06:00:00Z") },
        { "E20? end_time", form => form.EndTime = Form.At("2024-03-01T06:00:01Z") },
        { "E01! start_time, E01! end_time", form => (form.StartTime, form.EndTime) = (Form.At("2024-07-01T16:00:00Z"), Form.At("2024-07-01T16:10:00Z")) },
        { "", form => (form.StartTime, form.EndTime) = (Form.At("2024-07-01T15:00:00Z"), Form.At("2024-07-01T15:10:00Z")) },
        { "E03! start_time", form => (form.StartTime, form.EndTime) = (Form.At("2024-01-09T15:00:00Z"), Form.At("2024-01-09T15:10:00Z")) },
        { "", form => (form.StartTime, form.EndTime) = (Form.At("2024-01-09T16:00:00Z"), Form.At("2024-01-09T16:10:00Z")) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Infusion> change)
    {
        var form = Form.Infusion();
        change(form);

        Assert.Equal(expected, InfusionChecks.Run(form, Form.Context(facts: Facts)).Brief());
    }

    [Theory]
    [InlineData("2006-03", "")]
    [InlineData("2006-04", "E04! start_time")]
    [InlineData("1938-02", "E05? start_time")]
    [InlineData("1920-02", "F02! start_time")]
    public void Age_counts_on_the_day_of_infusion_in_China(string birth, string expected) =>
        Assert.Equal(expected, InfusionChecks.Run(Form.Infusion(), Form.Context(facts: new ParticipantFacts { BirthYearMonth = birth })).Brief());

    [Fact]
    public void Retrospective_infusions_may_lie_before_consent() => Assert.Equal("", InfusionChecks.Run(
        Form.Infusion(), Form.Context(DataOrigin.Retrospective, new ParticipantFacts { ConsentDate = "2024-06-01" })).Brief());

    [Fact]
    public void Nothing_is_collected_after_withdrawal() => Assert.Equal("E29! start_time", InfusionChecks.Run(
        Form.Infusion(), Form.Context(facts: new ParticipantFacts { CollectionEndDate = "2024-02-29" })).Brief());

    [Theory]
    [InlineData(60, 60, "1")]
    [InlineData(31, 100, "0.31")]
    [InlineData(60, 24.9, null)]
    public void A_dose_is_told_per_kilogram_as_a_decimal(double dose, double mass, string? expected) => Assert.Equal(
        expected, InfusionChecks.DosePerKg(new Infusion { DoseMillionCells = dose, BodyMassKg = mass })?.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

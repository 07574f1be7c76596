using Equecel.Common.V1;
using Equecel.Enrolment.Leukaphereses;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Leukapheresis.Types;

namespace Equecel.Enrolment.Tests.Leukaphereses;

public sealed class LeukapheresisChecksTests
{
    private static ParticipantFacts Facts => new() { ConsentDate = "2024-01-10", DiagnosisDate = "2019-05", InfusionDate = "2024-03-01", SecondInfusionDate = "2024-06-01" };

    public static TheoryData<string, Action<Leukapheresis>> Cases => new()
    {
        { "", _ => { } },
        { "F01! collection_date", form => form.CollectionDate = "" },
        { "F03! collection_date", form => form.CollectionDate = "2024-01" },
        { "E01! collection_date, E14! collection_date", form => form.CollectionDate = "2024-07-02" },
        { "E03! collection_date", form => form.CollectionDate = "2024-01-09" },
        { "", form => form.CollectionDate = "2024-01-10" },
        { "E14! collection_date", form => form.CollectionDate = "2024-03-02" },
        { "E15? collection_date", form => form.CollectionDate = "2024-03-01" },
        { "E15? collection_date", form => form.CollectionDate = "2024-02-17" },
        { "", form => form.CollectionDate = "2024-02-16" },
        { "", form => (form.CollectionDate, form.SecondInfusion) = ("2024-03-02", true) },
        { "E14! collection_date", form => (form.CollectionDate, form.SecondInfusion) = ("2024-06-02", true) },
        { "F02! attempt_number", form => form.AttemptNumber = 11 },
        { "F02! lymphocytes_before_e9_per_l", form => form.LymphocytesBeforeE9PerL = 101 },
        { "F01! collection_outcome", form => form.CollectionOutcome = CollectionOutcome.Unspecified },
        { "E05? manufacturing_outcome", form => (form.CollectionOutcome, form.ManufacturingOutcome) = (CollectionOutcome.Failed, ManufacturingOutcome.ReleasedInSpecification) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Leukapheresis> change)
    {
        var form = Form.Leukapheresis();
        change(form);

        Assert.Equal(expected, LeukapheresisChecks.Run(form, Form.Context(facts: Facts)).Brief());
    }

    [Theory]
    [InlineData("2023-08-04", "")]
    [InlineData("2023-08-03", "E15? collection_date")]
    public void More_than_210_days_from_vein_to_vein_are_unusual(string date, string expected) => Assert.Equal(
        expected, LeukapheresisChecks.Run(Form.Leukapheresis(date), Form.Context(DataOrigin.Retrospective, Facts)).Brief());

    [Theory]
    [InlineData(DataOrigin.Prospective, "2024-01", "")]
    [InlineData(DataOrigin.Prospective, "2024-01-21", "E06! collection_date")]
    [InlineData(DataOrigin.Retrospective, "2024-01-21", "E06? collection_date")]
    public void The_diagnosis_comes_first(DataOrigin origin, string diagnosis, string expected) =>
        Assert.Equal(expected, LeukapheresisChecks.Run(Form.Leukapheresis(), Form.Context(origin, new ParticipantFacts { DiagnosisDate = diagnosis })).Brief());

    [Fact]
    public void Only_the_last_collection_counts_from_vein_to_vein()
    {
        var context = Form.Context(DataOrigin.Retrospective, Facts);

        Assert.Equal("", LeukapheresisChecks.Run(Form.Leukapheresis("2023-06-01"), context.With(Form.Leukapheresis())).Brief());
        Assert.Equal("E15? collection_date", LeukapheresisChecks.Run(Form.Leukapheresis("2023-06-01"), context.With(Form.Leukapheresis("2023-05-01"))).Brief());
    }

    [Fact]
    public void Bridging_that_was_saved_before_stays_after_the_first_collection()
    {
        var context = Form.Context(facts: Facts).With(Form.Bridging());

        Assert.Equal("E16! collection_date", LeukapheresisChecks.Run(Form.Leukapheresis("2024-01-26"), context).Brief());
        Assert.Equal("", LeukapheresisChecks.Run(Form.Leukapheresis("2024-01-25"), context).Brief());
        Assert.Equal("", LeukapheresisChecks.Run(Form.Leukapheresis("2024-01-26"), context.With(Form.Bridging(), Form.Leukapheresis())).Brief());
    }
}

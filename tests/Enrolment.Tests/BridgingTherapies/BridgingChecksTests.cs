using Equecel.Common.V1;
using Equecel.Enrolment.BridgingTherapies;
using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Tests.BridgingTherapies;

public sealed class BridgingChecksTests
{
    private static ParticipantFacts Facts => new() { ConsentDate = "2024-01-10", InfusionDate = "2024-03-01", DeathDate = "2024-06-01" };

    public static TheoryData<string, Action<Bridging>> Cases => new()
    {
        { "", _ => { } },
        { "F01! given", form => form.Given = YesNoUnknown.Unspecified },
        { "F04! given", form => form.Given = YesNoUnknown.No },
        { "F01! start_date", form => form.StartDate = "" },
        { "F03! start_date", form => form.StartDate = "2024-01" },
        { "E01! end_date, E25! end_date, E16! start_date", form => form.EndDate = "2024-07-02" },
        { "E10! end_date", form => form.EndDate = "2024-01-24" },
        { "", form => form.ClearEndDate() },
        { "F01! treatments", form => form.Treatments.Clear() },
        { "F04! treatments[0].therapy_class", form => form.Treatments[0].TherapyClass = TherapyClass.Pi },
        { "E16! start_date", form => form.StartDate = "2024-01-19" },
        { "", form => form.StartDate = "2024-01-20" },
        { "E16! start_date", form => form.EndDate = "2024-02-26" },
        { "", form => form.EndDate = "2024-02-25" },
        { "E10! end_date, E16! start_date", form => form.StartDate = "2024-02-26" },
        { "", form => (form.StartDate, form.EndDate, form.SecondInfusion) = ("2024-04-01", "2024-04-02", true) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Bridging> change)
    {
        var form = Form.Bridging();
        change(form);

        Assert.Equal(expected, BridgingChecks.Run(form, Form.Context(facts: Facts).With(Form.Leukapheresis(), Form.Lymphodepletion())).Brief());
    }

    [Fact]
    public void From_an_archive_its_place_is_a_question()
    {
        var form = Form.Bridging();
        form.StartDate = "2024-01-19";

        Assert.Equal("E16? start_date", BridgingChecks.Run(form, Form.Context(DataOrigin.Retrospective).With(Form.Leukapheresis())).Brief());
        Assert.Equal("", BridgingChecks.Run(form, Form.Context(DataOrigin.Retrospective)).Brief());
    }

    [Theory]
    [InlineData(YesNoUnknown.No)]
    [InlineData(YesNoUnknown.Unknown)]
    public void That_none_was_given_needs_nothing_else(YesNoUnknown given) =>
        Assert.Equal("", BridgingChecks.Run(new Bridging { Given = given }, Form.Context(facts: Facts).With(Form.Leukapheresis())).Brief());
}

using Equecel.Common.V1;
using Equecel.Enrolment.PriorLines;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.PriorLine.Types;

namespace Equecel.Enrolment.Tests.PriorLines;

public sealed class PriorLineChecksTests
{
    private static ParticipantFacts Facts => new() { InfusionDate = "2024-03-01" };

    public static TheoryData<string, Action<PriorLine>> Cases => new()
    {
        { "", _ => { } },
        { "F02! line_number", form => form.LineNumber = 0 },
        { "F02! line_number", form => form.LineNumber = 31 },
        { "F01! start_date", form => form.ClearStartDate() },
        { "F03! start_date", form => form.StartDate = "20-01-01" },
        { "E10! end_date", form => form.EndDate = "2019" },
        { "", form => form.EndDate = "2020" },
        { "E10! progression_date", form => form.ProgressionDate = "2019-12-31" },
        { "E01! start_date, E10! end_date, E10! progression_date, E10! start_date", form => form.StartDate = "2025" },
        { "E10! end_date, E10! progression_date, E10! start_date", form => form.StartDate = "2024-03-02" },
        { "F05! regimen", form => form.Regimen = new string('x', 201) },
        { "F04! purposes", form => form.Purposes.Add(Purpose.Induction) },
        { "", form => form.Purposes.Add([Purpose.Consolidation, Purpose.Maintenance]) },
        { "F01! best_response", form => form.BestResponse = TherapyResponse.Unspecified },
        { "F01! progressed", form => form.Progressed = YesNoUnknown.Unspecified },
        { "E12? progression_date", form => form.ClearProgressionDate() },
        { "F04! progressed", form => form.Progressed = YesNoUnknown.No },
        { "", form => { form.Progressed = YesNoUnknown.No; form.ClearProgressionDate(); } },
        { "F01! treatments", form => form.Treatments.Clear() },
        { "E10! treatments[1].last_dose_date", form => form.Treatments[1].LastDoseDate = "2019" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<PriorLine> change)
    {
        var form = Form.Line();
        change(form);

        Assert.Equal(expected, PriorLineChecks.Run(form, Form.Context(facts: Facts)).Brief());
    }

    [Fact]
    public void A_progression_date_that_is_stated_missing_raises_no_query()
    {
        var form = Form.Line();
        form.ClearProgressionDate();

        Assert.Equal("", PriorLineChecks.Run(form, Form.Context(facts: Facts, missing: ("progression_date", MissingReason.Unknown))).Brief());
    }

    // Number and year of the line, then of the others.
    [Theory]
    [InlineData("2 2021", "", "")]
    [InlineData("2 2021", "1 2020", "")]
    [InlineData("1 2020", "2 2021", "")]
    [InlineData("3 2022", "1 2020|2 2021", "")]
    [InlineData("3 2022", "1 2020", "E11? line_number")]
    [InlineData("2 2021", "1 2020|2 2022", "E11? line_number")]
    [InlineData("2 2020", "1 2020", "E11? line_number")]
    [InlineData("2 2019", "1 2020", "E11? line_number")]
    [InlineData("1 2020", "2 2020", "E11? line_number")]
    public void Lines_follow_each_other(string line, string others, string expected) => Assert.Equal(expected, PriorLineChecks.Run(
        Parse(line), Form.Context(facts: Facts).With([.. others.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Parse)])).Brief());

    private static PriorLine Parse(string text) => Form.Line(text[0] - '0', int.Parse(text[2..], System.Globalization.CultureInfo.InvariantCulture));
}

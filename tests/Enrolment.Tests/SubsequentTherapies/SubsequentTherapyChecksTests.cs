using Equecel.Enrolment.SubsequentTherapies;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.SubsequentTherapy.Types;

namespace Equecel.Enrolment.Tests.SubsequentTherapies;

public sealed class SubsequentTherapyChecksTests
{
    public static TheoryData<string, Action<SubsequentTherapy>> Cases => new()
    {
        { "", _ => { } },
        { "F01! start_date", form => form.StartDate = "" },
        { "F03! start_date", form => form.StartDate = "2024-06" },
        { "E01! start_date, E25! start_date", form => form.StartDate = "2024-07-02" },
        { "E25! start_date", form => form.StartDate = "2024-06-21" },
        { "", form => form.StartDate = "2024-06-20" },
        { "E24? start_date", form => form.StartDate = "2024-03-01" },
        { "", form => form.StartDate = "2024-03-02" },
        { "E10! end_date", form => form.EndDate = "2024-06-09" },
        { "", form => form.EndDate = "2024-06-10" },
        { "F01! reason", form => form.Reason = Reason.Unspecified },
        { "F01! treatments", form => form.Treatments.Clear() },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<SubsequentTherapy> change)
    {
        var form = Form.Subsequent();
        change(form);

        var facts = new ParticipantFacts { ConsentDate = "2024-01-10", InfusionDate = "2024-03-01", DeathDate = "2024-06-20" };
        Assert.Equal(expected, SubsequentTherapyChecks.Run(form, Form.Context(facts: facts)).Brief());
    }
}

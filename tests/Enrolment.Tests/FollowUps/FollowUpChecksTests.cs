using Equecel.Enrolment.FollowUps;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.FollowUp.Types;

namespace Equecel.Enrolment.Tests.FollowUps;

public sealed class FollowUpChecksTests
{
    public static TheoryData<string, Action<FollowUp>> Cases => new()
    {
        { "", _ => { } },
        { "F01! status", form => form.Status = Status.Unspecified },
        { "F01! status_date", form => form.StatusDate = "" },
        { "F03! status_date", form => form.StatusDate = "2024-06" },
        { "E01! status_date", form => form.StatusDate = "2024-07-02" },
        { "F01! last_known_alive_date", form => form.LastKnownAliveDate = "" },
        { "E01! last_known_alive_date", form => form.LastKnownAliveDate = "2024-07-02" },
        { "E01! last_contact_date, E28? last_known_alive_date", form => form.LastContactDate = "2024-07-02" },
        { "", form => form.ClearLastContactDate() },
        { "F02! contact_attempt_count", form => form.ContactAttemptCount = -1 },
        { "F02! contact_attempt_count", form => form.ContactAttemptCount = 101 },
        { "E27? contact_attempt_count", form => (form.Status, form.ContactAttemptCount) = (Status.LostToFollowUp, 2) },
        { "", form => (form.Status, form.ContactAttemptCount) = (Status.LostToFollowUp, 3) },
        { "E28? last_known_alive_date", form => form.LastKnownAliveDate = "2024-05-31" },
        { "", form => (form.Status, form.LastKnownAliveDate) = (Status.Death, "2024-05-31") },
        { "E25! last_known_alive_date", form => (form.Status, form.StatusDate) = (Status.Death, "2024-05-31") },
        { "", form => form.Status = Status.Death },
        { "E26? status", form => form.Status = Status.NotInfused },
        { "E28? last_known_alive_date", form => { form.LastKnownAliveDate = "2024-02-29"; form.ClearLastContactDate(); } },
        { "E10! last_known_alive_date, E28? last_known_alive_date", form => { form.LastKnownAliveDate = "1960-04-30"; form.ClearLastContactDate(); } },
        { "", form => { form.LastKnownAliveDate = "2024-03-01"; form.ClearLastContactDate(); } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<FollowUp> change)
    {
        var form = Form.FollowUp();
        change(form);

        Assert.Equal(expected, FollowUpChecks.Run(form, Form.Context(facts: new ParticipantFacts { BirthYearMonth = "1960-05", InfusionDate = "2024-03-01" })).Brief());
    }

    [Theory]
    [InlineData("2024-05-31", "E29! last_contact_date, E29! last_known_alive_date")]
    [InlineData("2024-06-01", "")]
    public void Nothing_is_collected_after_withdrawal(string withdrawal, string expected) => Assert.Equal(
        expected, FollowUpChecks.Run(Form.FollowUp(), Form.Context(facts: new ParticipantFacts { CollectionEndDate = withdrawal })).Brief());
}

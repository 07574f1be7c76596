using Equecel.Common.V1;
using Equecel.Enrolment.FollowUps;
using Equecel.Enrolment.V1;
using Google.Protobuf;
using static Equecel.Enrolment.V1.FollowUp.Types;

namespace Equecel.Enrolment.Tests.FollowUps;

/// <summary>The follow-up of 1 June 2024 against what was saved before.</summary>
public sealed class FollowUpHistoryChecksTests
{
    public static TheoryData<string, Action<FollowUp>, IMessage[]> Cases => new()
    {
        { "", _ => { }, [Form.Infusion(), Form.Leukapheresis(), Of(Status.Ongoing, "2024-05-01")] },
        { "E28? last_known_alive_date", _ => { }, [Of(Status.Ongoing, "2024-05-01", "2024-06-02")] },
        { "", _ => { }, [Of(Status.Ongoing, "2024-06-02")] },
        { "E28? last_known_alive_date", _ => { }, [Form.Leukapheresis("2024-06-02")] },
        { "E25! last_known_alive_date, E25! last_contact_date", _ => { }, [Of(Status.Death, "2024-05-31")] },
        { "", _ => { }, [Of(Status.Death, "2024-06-01")] },
        { "E25! status_date, E28? last_known_alive_date", form => form.Status = Status.Death, [Of(Status.Ongoing, "2024-05-01", "2024-06-02")] },
        { "", form => form.Status = Status.Death, [Of(Status.Ongoing, "2024-05-31")] },
        { "E25! status_date, E28? last_known_alive_date", form => form.Status = Status.Death, [Form.Leukapheresis("2024-06-02")] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_was_saved_before_is_compared(string expected, Action<FollowUp> change, IMessage[] others)
    {
        var form = Form.FollowUp();
        change(form);

        Assert.Equal(expected, FollowUpHistoryChecks.Run(form, Form.Context().With(others)).Brief());
    }

    [Fact]
    public void New_therapy_shows_that_the_participant_was_alive() => Assert.Equal("E28? last_known_alive_date", FollowUpHistoryChecks.Run(
        Form.FollowUp(), Form.Context(facts: new ParticipantFacts { NewTherapyDate = "2024-06-02" })).Brief());

    public static TheoryData<string, Action<FollowUp>> Attempts => new()
    {
        { "", form => form.ContactAttempts.Add(Attempt()) },
        { "E27? contact_attempt_count", form => (form.Status, form.ContactAttemptCount) = (Status.LostToFollowUp, 2) },
        { "E27? contact_attempt_count", form => { form.Status = Status.LostToFollowUp; form.ContactAttempts.Add([Attempt(), Attempt()]); } },
        { "", form => { form.Status = Status.LostToFollowUp; form.ContactAttempts.Add([Attempt(), Attempt(), Attempt()]); } },
        { "F01! contact_attempts[0].attempt_date, F01! contact_attempts[0].way, F01! contact_attempts[0].reached", form => form.ContactAttempts.Add(new ContactAttempt()) },
        { "E01! contact_attempts[0].attempt_date", form => form.ContactAttempts.Add(Attempt("2024-07-02")) },
        { "E05? status_reason", form => form.Status = Status.Physician },
        { "", form => (form.Status, form.StatusReason) = (Status.Other, "Moved abroad") },
        { "F05! status_reason", form => form.StatusReason = new string('x', 501) },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public void Attempts_and_reasons_are_asked_for(string expected, Action<FollowUp> change)
    {
        var form = Form.FollowUp();
        change(form);

        Assert.Equal(expected, FollowUpChecks.Run(form, Form.Context()).Brief());
    }

    private static FollowUp Of(Status status, string since, string? alive = null) =>
        new() { Status = status, StatusDate = since, LastKnownAliveDate = alive ?? (status == Status.Death ? "2024-05-01" : since) };

    private static ContactAttempt Attempt(string date = "2024-06-01") => new() { AttemptDate = date, Way = ContactWay.Telephone, Reached = YesNoUnknown.No };
}

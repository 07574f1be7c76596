using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Rpc;
using static Equecel.Enrolment.V1.Freeze.Types;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>Nothing may be saved of who is frozen, until they are thawed.</summary>
public sealed class FreezeTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_frozen_participant_takes_no_new_record_amendment_or_retraction_until_thawed()
    {
        var participant = EnrolmentHost.NewParticipant();
        var participation = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Participation()));
        var request = new FreezeRequest { RequestId = NewId(), Code = participant, Reason = "The interim analysis." };
        var frozen = await enrolment.StudyTeam.FreezeAsync(request);

        Assert.Equal(("freeze", participant, "01", 1, "study-team"),
            (frozen.Header.Kind, frozen.Header.Participant, frozen.Header.Site, frozen.Header.Version, frozen.Header.Client));
        Assert.Equal((State.Frozen, "The interim analysis."), (frozen.Freeze.State, frozen.Freeze.Reason));
        Assert.Equal(frozen, await enrolment.StudyTeam.FreezeAsync(request));
        Assert.Equal("The interim analysis.", (await FactsAsync(participant))!.FreezeReason);

        var problem = await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.FollowUp())));
        Assert.Equal("FailedPrecondition FROZEN", problem.Why);
        Assert.Contains("The interim analysis.", problem.Detail<PreconditionFailure>().Violations[0].Description, StringComparison.Ordinal);
        Assert.Equal("FailedPrecondition FROZEN", await WhyNotAsync(async () => await enrolment.Site01.SubmitRecordAsync(Amend(participation))));
        Assert.Equal("FailedPrecondition FROZEN", await WhyNotAsync(async () => await enrolment.Site01.RetractRecordAsync(Retract(participation))));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () => await enrolment.Site01.RetractRecordAsync(Retract(frozen))));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () =>
            await enrolment.StudyTeam.FreezeAsync(new FreezeRequest { RequestId = NewId(), Code = participant, Reason = "Again." })));

        var thawed = await enrolment.StudyTeam.ThawAsync(new ThawRequest { RequestId = NewId(), Code = participant, Reason = "It is done." });
        Assert.Equal((2, State.Thawed, "It is done."), (thawed.Header.Version, thawed.Freeze.State, thawed.Header.Reason));
        Assert.False((await FactsAsync(participant))!.HasFreezeReason);
        await enrolment.Site01.SubmitRecordAsync(Amend(participation));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(async () =>
            await enrolment.StudyTeam.ThawAsync(new ThawRequest { RequestId = NewId(), Code = participant, Reason = "Again." })));
    }

    [Fact]
    public async Task A_frozen_site_freezes_all_its_participants_and_enrols_nobody()
    {
        var site = await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(Form.Site("17")));
        var (one, two) = (EnrolmentHost.NewParticipant("17"), EnrolmentHost.NewParticipant("17"));
        await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(one, Form.Participation()));
        Assert.False((await FactsAsync(one))!.HasFreezeReason);
        await enrolment.StudyTeam.FreezeAsync(new FreezeRequest { RequestId = NewId(), Code = "17", Reason = "An audit." });

        Assert.Equal("An audit.", (await FactsAsync(one))!.FreezeReason);
        Assert.Equal("FailedPrecondition FROZEN", await WhyNotAsync(async () => await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(one, Form.FollowUp()))));
        Assert.Equal("FailedPrecondition FROZEN", await WhyNotAsync(async () => await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(two, Form.Participation()))));
        Assert.Equal("FailedPrecondition FROZEN", await WhyNotAsync(async () => await enrolment.StudyOffice.RetractRecordAsync(Retract(site))));

        // The participant's own thaw does not end the site's freeze.
        await enrolment.StudyTeam.FreezeAsync(new FreezeRequest { RequestId = NewId(), Code = one, Reason = "Its own." });
        Assert.Equal("Its own.", (await FactsAsync(one))!.FreezeReason);
        await enrolment.StudyTeam.ThawAsync(new ThawRequest { RequestId = NewId(), Code = one, Reason = "Its own is over." });
        Assert.Equal("An audit.", (await FactsAsync(one))!.FreezeReason);

        await enrolment.StudyTeam.ThawAsync(new ThawRequest { RequestId = NewId(), Code = "17", Reason = "Over." });
        Assert.False((await FactsAsync(one))!.HasFreezeReason);
        await enrolment.StudyOffice.SubmitRecordAsync(Form.Submit(two, Form.Participation()));
    }

    [Fact]
    public async Task Queries_of_who_is_frozen_are_still_asked_answered_and_closed()
    {
        var participant = EnrolmentHost.NewParticipant();
        var participation = await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Participation()));
        await enrolment.StudyTeam.FreezeAsync(new FreezeRequest { RequestId = NewId(), Code = participant, Reason = "The interim analysis." });

        var query = await enrolment.StudyTeam.OpenQueryAsync(
            new OpenQueryRequest { RequestId = NewId(), RecordId = participation.Header.RecordId, ExpectedVersion = 1, Field = "height_cm", QuestionZh = "请核实。" });
        var answered = await enrolment.Site01.AnswerQueryAsync(
            new AnswerQueryRequest { RequestId = NewId(), RecordId = query.Header.RecordId, ExpectedVersion = 1, Answer = "正确。" });
        var closed = await enrolment.StudyTeam.CloseQueryAsync(
            new CloseQueryRequest { RequestId = NewId(), RecordId = answered.Header.RecordId, ExpectedVersion = 2, Reason = "Thank you" });
        Assert.Equal(DataQuery.Types.State.Closed, closed.DataQuery.State);
    }

    [Fact]
    public async Task What_is_not_known_cannot_be_frozen()
    {
        Assert.Equal("FailedPrecondition PARTICIPANT_UNKNOWN", await WhyNotAsync(async () =>
            await enrolment.StudyTeam.FreezeAsync(new FreezeRequest { RequestId = NewId(), Code = "01-9876543", Reason = "Who?" })));
        Assert.Equal("FailedPrecondition SITE_UNKNOWN", await WhyNotAsync(async () =>
            await enrolment.StudyTeam.FreezeAsync(new FreezeRequest { RequestId = NewId(), Code = "98", Reason = "Where?" })));
        Assert.Equal(["request_id", "reason", "code"], (await Problem.OfAsync(async () => await enrolment.StudyTeam.FreezeAsync(new FreezeRequest()))).Fields);
    }

    private async Task<ParticipantFacts?> FactsAsync(string participant) =>
        (await enrolment.Safety.LookUpParticipantsAsync(new LookUpParticipantsRequest { Participants = { participant } })).Participants.SingleOrDefault();

    private static SubmitRecordRequest Amend(EnrolmentRecord record)
    {
        var request = Form.Submit(record.Header.Participant, record.Participation.Clone());
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        request.Participation.HeightCm++;
        return request;
    }

    private static RetractRecordRequest Retract(EnrolmentRecord record) => new()
    {
        RequestId = NewId(),
        RecordId = record.Header.RecordId,
        ExpectedVersion = record.Header.Version,
        Reason = "Other person",
    };

    private static string NewId() => Guid.NewGuid().ToString();

    private static async Task<string> WhyNotAsync(Func<Task> call) => (await Problem.OfAsync(call)).Why;
}

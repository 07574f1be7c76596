using Equecel.Enrolment.V1;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Tests.Rpcs;

public sealed class RetractRecordTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_retracted_record_is_kept_marked_and_explained()
    {
        var record = await FollowUpAsync();
        var request = Retract(record);
        var retracted = await enrolment.Site01.RetractRecordAsync(request);

        Assert.Equal((2, RecordState.Retracted, "Other person"), (retracted.Header.Version, retracted.Header.State, retracted.Header.Reason));
        Assert.Equal(record.FollowUp, retracted.FollowUp);
        Assert.Equal(retracted, await enrolment.Site01.RetractRecordAsync(request));
        Assert.Equal("FailedPrecondition RECORD_STATE", await WhyNotAsync(Retract(retracted)));

        var back = await enrolment.Site01.SubmitRecordAsync(Form.Amend(retracted));
        Assert.Equal((3, RecordState.Active), (back.Header.Version, back.Header.State));
        Assert.Equal(retracted, await enrolment.Site01.RetractRecordAsync(request));
    }

    [Fact]
    public async Task An_outdated_version_and_a_used_request_id_are_refused()
    {
        var record = await FollowUpAsync();
        await enrolment.Site01.SubmitRecordAsync(Form.Amend(record));
        Assert.Equal("Aborted VERSION_CONFLICT", await WhyNotAsync(Retract(record)));

        var reused = Retract(record);
        reused.RequestId = record.Header.RequestId;
        Assert.Equal("AlreadyExists REQUEST_ID_REUSED", await WhyNotAsync(reused));
    }

    [Fact]
    public async Task What_is_wrong_with_the_request_is_named_at_once()
    {
        Assert.Equal(
            ["request_id", "reason", "expected_version"],
            (await Problem.OfAsync(async () => await enrolment.Site01.RetractRecordAsync(new RetractRecordRequest()))).Fields);
        Assert.Equal(["record_id"], (await Problem.OfAsync(async () => await enrolment.Site01.RetractRecordAsync(
            new RetractRecordRequest { RequestId = Guid.NewGuid().ToString(), Reason = "Other person", ExpectedVersion = 1 }))).Fields);
    }

    [Fact]
    public async Task After_a_retracted_participation_the_participant_is_not_enrolled()
    {
        var participant = await enrolment.EnrolAsync();
        var participation = (await enrolment.Site01.ListRecordsAsync(new ListRecordsRequest { Participant = participant, Kinds = { "participation" } })).Records.Single();
        var retracted = await enrolment.Site01.RetractRecordAsync(Retract(participation));
        var infusion = Form.Submit(participant, Form.Infusion());

        Assert.Equal("FailedPrecondition PARTICIPANT_UNKNOWN", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(infusion))).Why);
        Assert.Equal("AlreadyExists RECORD_EXISTS", (await Problem.OfAsync(async () => await enrolment.Site01.SubmitRecordAsync(Form.Submit(participant, Form.Participation())))).Why);
        await enrolment.Site01.SubmitRecordAsync(Form.Amend(retracted));
        Assert.Equal(1, (await enrolment.Site01.SubmitRecordAsync(infusion)).Header.Version);
    }

    private static RetractRecordRequest Retract(EnrolmentRecord record) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        RecordId = record.Header.RecordId,
        ExpectedVersion = record.Header.Version,
        Reason = "Other person",
    };

    private async Task<EnrolmentRecord> FollowUpAsync() =>
        await enrolment.Site01.SubmitRecordAsync(Form.Submit(await enrolment.EnrolAsync(), Form.FollowUp()));

    private async Task<string> WhyNotAsync(RetractRecordRequest request) =>
        (await Problem.OfAsync(async () => await enrolment.Site01.RetractRecordAsync(request))).Why;
}

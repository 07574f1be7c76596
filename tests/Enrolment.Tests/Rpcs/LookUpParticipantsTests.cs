using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Tests.Rpcs;

/// <summary>What other services are told of participants.</summary>
public sealed class LookUpParticipantsTests(EnrolmentHost enrolment) : IClassFixture<EnrolmentHost>
{
    [Fact]
    public async Task A_save_whose_answer_was_lost_is_known_once_the_same_request_is_answered()
    {
        var participant = await enrolment.EnrolAsync();
        Assert.Equal("", (await FactsAsync(participant)).InfusionDate);
        var infusion = Form.Submit(participant, Form.Infusion());
        // The database has it, and this instance was not told: as when a commit is done and its answer does not arrive.
        var saved = await enrolment.SubmitElsewhereAsync(infusion);

        Assert.Equal(saved, await enrolment.Site01.SubmitRecordAsync(infusion));

        Assert.Equal("2024-03-01", (await FactsAsync(participant)).InfusionDate);
    }

    [Fact]
    public async Task The_same_holds_in_an_import()
    {
        var participant = await enrolment.EnrolAsync();
        Assert.Equal("", (await FactsAsync(participant)).InfusionDate);
        var infusion = Form.Submit(participant, Form.Infusion());
        await enrolment.SubmitElsewhereAsync(infusion);

        var verdict = Assert.Single(await EnrolmentHost.ImportAsync(enrolment.Site01, infusion));

        Assert.Equal(Records.V1.ImportOutcome.AlreadyThere, verdict.Outcome);
        Assert.Equal("2024-03-01", (await FactsAsync(participant)).InfusionDate);
    }

    private async Task<ParticipantFacts> FactsAsync(string participant) =>
        Assert.Single((await enrolment.Safety.LookUpParticipantsAsync(new LookUpParticipantsRequest { Participants = { participant } })).Participants);
}

using Equecel.Records.V1;

namespace Equecel.Safety.Tests.Directory;

/// <summary>Who is frozen in Enrolment takes nothing here either.</summary>
public sealed class FrozenParticipantTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    [Fact]
    public async Task Nothing_is_saved_of_who_is_frozen_and_a_thaw_holds_at_once()
    {
        var (one, frozen) = (safety.Enrol(), safety.Enrol());
        safety.Enrolment.Enrolled[frozen].FreezeReason = "The interim analysis.";
        var problem = await Problem.OfAsync(async () => await safety.Site01.SubmitRecordAsync(Form.Submit(frozen)));
        Assert.Equal("FailedPrecondition FROZEN", problem.Why);
        Assert.Contains("The interim analysis.", problem.Details.Message, StringComparison.Ordinal);

        var verdicts = await SafetyHost.ImportAsync(safety.Site01, Form.Submit(frozen), Form.Submit(one));
        Assert.Equal(["FROZEN", ""], verdicts.Select(verdict => verdict.ErrorReason));

        // What is kept here still says that it is frozen.
        safety.Enrolment.Enrolled[frozen] = Form.Facts(frozen);
        Assert.Equal(1, (await safety.Site01.SubmitRecordAsync(Form.Submit(frozen))).Header.Version);
    }

    [Fact]
    public async Task A_record_of_who_was_frozen_since_is_neither_amended_nor_retracted()
    {
        var participant = safety.Enrol();
        var death = await safety.Site01.SubmitRecordAsync(Form.Submit(participant));
        safety.Enrolment.Enrolled[participant].FreezeReason = "The interim analysis.";
        var retract = new RetractRecordRequest { RequestId = Guid.NewGuid().ToString(), RecordId = death.Header.RecordId, ExpectedVersion = 1, Reason = "Other person" };

        // Once what is kept here is old.
        await Eventually.GetAsync(
            () => WhyAsync(async () => await safety.Site01.SubmitRecordAsync(ValidateOnly(Form.Amend(death)))), why => why == "FailedPrecondition FROZEN");
        Assert.Equal("FailedPrecondition FROZEN", await WhyAsync(async () => await safety.Site01.RetractRecordAsync(retract)));

        safety.Enrolment.Enrolled[participant] = Form.Facts(participant);
        Assert.Equal(2, (await safety.Site01.RetractRecordAsync(retract)).Header.Version);
    }

    private static V1.SubmitRecordRequest ValidateOnly(V1.SubmitRecordRequest request)
    {
        request.Header.ValidateOnly = true;
        return request;
    }

    private static async Task<string> WhyAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "";
        }
        catch (Grpc.Core.RpcException e)
        {
            return Problem.Of(e).Why;
        }
    }
}

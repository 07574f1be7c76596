using Equecel.Client;
using Equecel.Common.V1;
using Equecel.EndToEnd.Tests.Running;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Core;

namespace Equecel.EndToEnd.Tests;

/// <summary>What a sender may get wrong, through the gateway and past it: each with its status, its reason and every field at fault.</summary>
[Collection(SharedStudy.Name)]
public sealed class BadInputTests(StudyPlatform study)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_participant_who_is_not_enrolled(bool direct)
    {
        var problem = await SubmitAsync(Death("01-8888"), direct);

        Assert.Equal((StatusCode.FailedPrecondition, "PARTICIPANT_UNKNOWN"), (problem.Code, problem.Reason));
        Assert.Equal("01-8888", Assert.Single(problem.Fields).Field);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_date_in_the_future_and_a_number_that_no_enum_has_are_told_at_once(bool direct)
    {
        var death = Death();
        death.Death.DeathDate = "2199-01-01";
        death.Death.PrimaryCause = (Death.Types.Cause)99;

        var problem = await SubmitAsync(death, direct);

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (problem.Code, problem.Reason));
        Assert.Equal(["death.death_date", "death.primary_cause"], problem.Fields.Select(field => field.Field).Order());
        Assert.All(problem.Fields, field => Assert.NotEqual("", field.LocalMessage));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_death_before_birth(bool direct)
    {
        var death = Death();
        death.Death.DeathDate = "1949-12-31";

        var problem = await SubmitAsync(death, direct);

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (problem.Code, problem.Reason));
        Assert.Contains(problem.Fields, field => field is { Field: "death.death_date", Code: "E10" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_id_used_again_for_something_else(bool direct)
    {
        using var site = study.Platform.Client("site-01", await study.AddressAsync("enrolment", direct));
        var participation = study.Participation;
        var again = new Enrolment.V1.SubmitRecordRequest
        {
            Header = new() { RequestId = participation.Header.RequestId, Participant = StudyPlatform.Participant, Origin = DataOrigin.Prospective },
            Participation = StudyPlatform.ParticipationForm(),
        };

        Assert.Equal(participation.Header, (await site.Enrolment.SubmitRecordAsync(again)).Header);

        again.Participation.HeightCm = 161;
        var problem = await FailAsync(async () => await site.Enrolment.SubmitRecordAsync(again));
        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ID_REUSED"), (problem.Code, problem.Reason));
        Assert.Contains(participation.Header.RequestId, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_version_that_is_no_longer_the_latest(bool direct)
    {
        using var site = study.Platform.Client("site-01", await study.AddressAsync("enrolment", direct));
        var participant = direct ? "01-9004" : "01-9003";
        var first = await site.Enrolment.SubmitRecordAsync(Participation(participant));
        await site.Enrolment.SubmitRecordAsync(Amended(Participation(participant), first.Header, 170));

        var problem = await FailAsync(async () => await site.Enrolment.SubmitRecordAsync(Amended(Participation(participant), first.Header, 171)));
        Assert.Equal((StatusCode.Aborted, "VERSION_CONFLICT"), (problem.Code, problem.Reason));
        Assert.Equal("2", problem.Metadata["current_version"]);

        var retraction = new RetractRecordRequest { RequestId = Guid.NewGuid().ToString(), RecordId = first.Header.RecordId, ExpectedVersion = 1, Reason = "stale" };
        problem = await FailAsync(async () => await site.Enrolment.RetractRecordAsync(retraction));
        Assert.Equal((StatusCode.Aborted, "VERSION_CONFLICT"), (problem.Code, problem.Reason));
        Assert.Equal("2", problem.Metadata["current_version"]);
    }

    [Fact]
    public async Task An_import_tells_the_same_of_its_rows_and_saves_the_good_ones()
    {
        using var site = study.Platform.Client("site-01");
        var future = Death();
        future.Death.DeathDate = "2199-01-01";
        var good = new Enrolment.V1.SubmitRecordRequest[] { Participation("01-9005"), Participation("77-0001"), Participation("01-9006") };

        var deaths = await site.ImportAsync(new[] { Death("01-8888"), future }.ToAsyncEnumerable()).ToListAsync();
        var enrolled = await site.ImportAsync(good.ToAsyncEnumerable()).ToListAsync();

        Assert.Equal(["PARTICIPANT_UNKNOWN", "INVALID_FIELDS"], deaths.Select(verdict => verdict.ErrorReason));
        Assert.Equal("death_date", Assert.Single(deaths[1].Findings).Field);
        Assert.Equal([ImportOutcome.Saved, ImportOutcome.Refused, ImportOutcome.Saved], enrolled.Select(verdict => verdict.Outcome));
    }

    private static async Task<RpcProblem> FailAsync(Func<Task> call) => RpcProblem.Of(await Assert.ThrowsAsync<RpcException>(call));

    private static Enrolment.V1.SubmitRecordRequest Participation(string participant) => new()
    {
        Header = new() { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = DataOrigin.Prospective },
        Participation = StudyPlatform.ParticipationForm(),
    };

    private static Enrolment.V1.SubmitRecordRequest Amended(Enrolment.V1.SubmitRecordRequest submission, RecordHeader record, double height)
    {
        submission.Header.RecordId = record.RecordId;
        submission.Header.ExpectedVersion = 1;
        submission.Header.Reason = "measured again";
        submission.Participation.HeightCm = height;
        return submission;
    }

    private static SubmitRecordRequest Death(string participant = StudyPlatform.Participant) => new()
    {
        Header = new() { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = DataOrigin.Prospective },
        Death = new()
        {
            DeathDate = "2025-06-01",
            PrimaryCause = Safety.V1.Death.Types.Cause.Unknown,
            CauseText = "not known",
            Causality = Causality.NotAssessable,
            Autopsy = YesNoUnknown.No,
        },
    };

    private async Task<RpcProblem> SubmitAsync(SubmitRecordRequest request, bool direct)
    {
        using var site = study.Platform.Client("site-01", await study.AddressAsync("safety", direct));
        return await FailAsync(async () => await site.Safety.SubmitRecordAsync(request));
    }
}

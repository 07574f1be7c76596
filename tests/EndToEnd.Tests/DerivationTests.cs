using Equecel.Common.V1;
using Equecel.EndToEnd.Tests.Running;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Google.Protobuf.WellKnownTypes;
using SubmissionHeader = Equecel.Records.V1.SubmissionHeader;

namespace Equecel.EndToEnd.Tests;

/// <summary>What one service computes by what another knows.</summary>
[Collection(SharedDisruptions.Name)]
public sealed class DerivationTests(DisruptedPlatform disrupted)
{
    private const string Participant = "01-9020";

    [Fact]
    public async Task The_scores_of_a_questionnaire_count_days_from_the_infusion_that_Enrolment_has_by_now()
    {
        using var site = disrupted.Platform.Client("site-01");
        // Its first row is the site itself.
        await site.ImportAsync(Slice.Of(0).Enrolment.Take(1).ToAsyncEnumerable()).CountAsync();
        await site.Enrolment.SubmitRecordAsync(new() { Header = Header(), Participation = StudyPlatform.ParticipationForm() });
        await site.Questionnaire.SubmitRecordAsync(new()
        {
            Header = Header(),
            Eq5D5L = new()
            {
                Visit = Visit.Week4,
                CompletionDate = "2025-04-29",
                InstrumentVersion = "1.2",
                Language = "zh-CN",
                Mode = CompletionMode.Device,
                Proxy = YesNoUnknown.No,
                VasScore = 80,
            },
        });
        Assert.False((await ScoresAsync(_ => true)).HasStudyDay);

        var infusion = await site.Enrolment.SubmitRecordAsync(new() { Header = Header(), Infusion = Infusion(day: 1) });
        Assert.Equal(Visit.Week4, (await ScoresAsync(scores => scores is { HasStudyDay: true, StudyDay: 28 })).AssignedVisit);

        var amendment = Header();
        (amendment.RecordId, amendment.ExpectedVersion, amendment.Reason) = (infusion.Header.RecordId, 1, "The date was wrong.");
        await site.Enrolment.SubmitRecordAsync(new() { Header = amendment, Infusion = Infusion(day: 3) });
        await ScoresAsync(scores => scores is { HasStudyDay: true, StudyDay: 26 });

        Task<QuestionnaireScores> ScoresAsync(Func<QuestionnaireScores, bool> good) => Eventually.GetAsync(
            async () => (await site.Questionnaire.ListRecordsAsync(new() { Participant = Participant, Kinds = { "questionnaire_scores" } })).Records.SingleOrDefault()?.QuestionnaireScores!,
            scores => scores is not null && good(scores));
    }

    private static SubmissionHeader Header() => new() { RequestId = $"{Guid.NewGuid()}", Participant = Participant, Origin = DataOrigin.Retrospective };

    private static Infusion Infusion(int day) => new()
    {
        StartTime = new DateTime(2025, 4, day, 2, 0, 0, DateTimeKind.Utc).ToTimestamp(),
        EndTime = new DateTime(2025, 4, day, 3, 0, 0, DateTimeKind.Utc).ToTimestamp(),
        BatchNumber = "B-1",
        DoseMillionCells = 60,
        BodyMassKg = 60,
        Setting = Enrolment.V1.Infusion.Types.Setting.Inpatient,
    };
}

using Equecel.Common.V1;
using Equecel.EndToEnd.Tests.Running;
using Equecel.Records.V1;
using Equecel.Safety.V1;

namespace Equecel.EndToEnd.Tests;

/// <summary>A check that needs the records of two services, from the submissions to the question.</summary>
[Collection(SharedStudy.Name)]
public sealed class CrossCheckTests(StudyPlatform study)
{
    private const string Participant = "01-9010";

    [Fact]
    public async Task An_assessment_after_the_death_is_asked_about_until_it_is_corrected()
    {
        using var site = study.Platform.Client("site-01");
        await site.Enrolment.SubmitRecordAsync(new() { Header = Header(DataOrigin.Prospective), Participation = StudyPlatform.ParticipationForm() });
        await site.Safety.SubmitRecordAsync(new()
        {
            Header = Header(DataOrigin.Prospective),
            Death = new()
            {
                DeathDate = "2025-03-20",
                PrimaryCause = Death.Types.Cause.Unknown,
                CauseText = "not known",
                Causality = Causality.NotAssessable,
                Autopsy = YesNoUnknown.No,
            },
        });

        var assessment = await site.Assessment.SubmitRecordAsync(Assessment("2025-03-21"));
        var opened = await QueryAsync(DataQuery.Types.State.Open);

        Assert.Equal(
            (assessment.Header.RecordId, 1, "response_date", DataQuery.Types.Source.CrossCheck, "Record is dated after death.", "记录日期晚于死亡日期。"),
            (opened.SubjectRecordId, opened.SubjectVersion, opened.Field, opened.Source, opened.Message, opened.MessageZh));

        var amended = Assessment("2025-03-19");
        (amended.Header.RecordId, amended.Header.ExpectedVersion, amended.Header.Reason) = (assessment.Header.RecordId, 1, "The date was wrong.");
        await site.Assessment.SubmitRecordAsync(amended);
        Assert.Equal(DataQuery.Types.Closure.ByData, (await QueryAsync(DataQuery.Types.State.Closed)).Closure);

        Task<DataQuery> QueryAsync(DataQuery.Types.State state) => Eventually.GetAsync(
            async () => (await site.Assessment.ListQueriesAsync(new() { Participant = Participant })).Records.Select(record => record.DataQuery).SingleOrDefault(query => query.Code == "E25")!,
            query => query?.State == state);
    }

    // An archive need not have every value.
    private static Assessment.V1.SubmitRecordRequest Assessment(string date) => new()
    {
        Header = Header(DataOrigin.Retrospective),
        DiseaseAssessment = new() { Visit = Visit.Screening, ResponseDate = date, PlateletsE9PerL = 180 },
    };

    private static SubmissionHeader Header(DataOrigin origin) => new() { RequestId = $"{Guid.NewGuid()}", Participant = Participant, Origin = origin };
}

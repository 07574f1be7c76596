using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;
using Lane = Equecel.Analytics.V1.SwimmerLane;

namespace Equecel.Analytics.Tests.Endpoints;

/// <summary>Infused on 1 March 2025, which is day 1.</summary>
public sealed class SwimmerLanesTests
{
    [Fact]
    public async Task A_lane_tells_the_whole_course()
    {
        var (lanes, _) = await MakeAsync(new());

        var lane = lanes[0];
        Assert.Equal(("01-0001", "01", 185, Lane.Types.End.Death), (lane.Participant, lane.Site, lane.LastDay, lane.End));
        Assert.Equal((Response.Complete, 84), (lane.BestResponse, lane.BestResponseDay));
        Assert.Equal("28 Partial, 56 Partial, 84 Complete, 112 ProgressiveDisease, 140 ProgressiveDisease", string.Join(", ", lane.Assessments.Select(one => $"{one.Day} {one.Response}")));
        Assert.Equal("28-83 Partial, 84-111 Complete, 112-112 ProgressiveDisease", Spans(lane.CurrentSpans));
        Assert.Equal("28-83 Partial, 84-84 Complete", Spans(lane.BestSpans));
        Assert.Equal("112 Progression, 147 NewTherapy anti-CD38, 185 Death", Marks(lane));
    }

    [Fact]
    public async Task What_happened_after_the_cut_off_is_not_in_it()
    {
        var (lanes, summary) = await MakeAsync(new() { DataCutoffDate = "2025-06-01" });

        Assert.Equal((93, Lane.Types.End.DataCutoff), (lanes[0].LastDay, lanes[0].End));
        Assert.Equal("28-83 Partial, 84-84 Complete", Spans(lanes[0].CurrentSpans));
        Assert.Empty(lanes[0].Marks);
        Assert.Equal(2, summary.ParticipantCount);
    }

    [Fact]
    public async Task Without_assessments_the_lane_is_a_bar_to_the_last_contact()
    {
        var (lanes, summary) = await MakeAsync(new());

        Assert.Equal((10, Lane.Types.End.LastKnownAlive, Response.NotEvaluable, false), (lanes[1].LastDay, lanes[1].End, lanes[1].BestResponse, lanes[1].HasBestResponseDay));
        Assert.Empty(lanes[1].CurrentSpans);
        Assert.Equal("not infused 1", string.Join(", ", summary.Exclusions.Select(one => $"{one.Reason} {one.ParticipantCount}")));
    }

    [Fact]
    public async Task A_lane_names_its_records_when_asked()
    {
        Assert.Empty((await MakeAsync(new())).Lanes[0].Sources);

        var (lanes, _) = await MakeAsync(new() { WithSources = true });
        Assert.Equal("Infusion 1, DiseaseAssessment 5, SubsequentTherapy 1, Death 1", string.Join(", ", lanes[0].Sources.GroupBy(source => source.Kind).Select(kind => $"{kind.Key} {kind.Count()}")));
        Assert.Equal(["Infusion", "FollowUp"], lanes[1].Sources.Select(source => source.Kind));
    }

    [Fact]
    public async Task A_population_chooses_by_provenance()
    {
        var (lanes, summary) = await MakeAsync(new() { Population = new() { Origin = Common.V1.DataOrigin.Retrospective } });

        Assert.Equal("02-0001", Assert.Single(lanes).Participant);
        Assert.Equal(1, summary.ParticipantCount);
    }

    [Fact]
    public async Task New_therapy_ends_the_spans_and_a_second_infusion_is_a_mark()
    {
        var study = new MadeStudy().Infused(
            "01-0001",
            Assessed("2025-03-28", Response.StableDisease),
            new Infusion { SecondInfusion = true, StartTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2025, 4, 10, 2, 0, 0, TimeSpan.Zero)) },
            Assessed("2025-04-25", Response.Complete));

        var lane = Assert.Single((await MakeAsync(new(), study)).Lanes);

        Assert.Equal("28-28 StableDisease", Spans(lane.CurrentSpans));
        Assert.Equal((2, "41 SecondInfusion", Response.StableDisease), (lane.Assessments.Count, Marks(lane), lane.BestResponse));
    }

    [Fact]
    public async Task Therapy_that_begins_on_the_day_of_infusion_is_no_mark()
    {
        var study = new MadeStudy().Infused("01-0001", new SubsequentTherapy { StartDate = "2025-03-01" }, new SubsequentTherapy { StartDate = "2025-03-02" });

        Assert.Equal("2 NewTherapy class not known", Marks(Assert.Single((await MakeAsync(new(), study)).Lanes)));
    }

    private static Task<(List<Lane> Lanes, V1.SwimmerSummary Summary)> MakeAsync(V1.ListSwimmerLanesRequest request) => MakeAsync(request, new MadeStudy()
        .Infused(
            "01-0001",
            Assessed("2025-05-23", Response.Complete), Assessed("2025-03-28", Response.Partial), Assessed("2025-04-25", Response.Partial),
            Assessed("2025-06-20", Response.ProgressiveDisease), Assessed("2025-07-18", Response.ProgressiveDisease),
            new SubsequentTherapy { StartDate = "2025-07-25", Treatments = { new Treatment { TherapyClass = TherapyClass.AntiCd38 } } },
            new Death { DeathDate = "2025-09-01" })
        .Infused("02-0001", new FollowUp { LastKnownAliveDate = "2025-03-10" })
        .With("01-0009", new Participation()));

    private static async Task<(List<Lane> Lanes, V1.SwimmerSummary Summary)> MakeAsync(V1.ListSwimmerLanesRequest request, MadeStudy study)
    {
        var summary = new V1.SwimmerSummary();
        return (await SwimmerAnswers.LanesAsync(study.Dossiers.ToAsyncEnumerable(), request, summary).ToListAsync(), summary);
    }

    private static string Spans(IEnumerable<Lane.Types.Span> spans) => string.Join(", ", spans.Select(span => $"{span.FirstDay}-{span.LastDay} {span.Response}"));

    private static string Marks(Lane lane) => string.Join(", ", lane.Marks.Select(mark => $"{mark.Day} {mark.Kind} {mark.Detail}".TrimEnd()));

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };
}

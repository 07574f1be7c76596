using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Tests.Endpoints;

public sealed class DurationOfResponseTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_curve_is_of_responders_from_the_day_of_their_response()
    {
        var curve = await ComputeAsync(new() { AtDays = { 30 } }, Study());

        var all = Assert.Single(curve.Strata);
        Assert.Equal((2, 1, 1), (all.ParticipantCount, all.EventCount, all.CensoredCount));
        // From 28 March to 25 April and to 23 May, both days counted.
        Assert.Equal("29 1, 57 0", string.Join(", ", all.Points.Select(point => $"{point.Days} {point.Survival}")));
        Assert.Equal(1, all.Rates.Single().Survival);
        Assert.Equal("no response 1", string.Join(", ", curve.Exclusions.Select(one => $"{one.Reason} {one.ParticipantCount}")));
        Assert.Contains("convention A (day of the first recorded response = day 1)", curve.Method, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_therapy_censors_when_asked()
    {
        var curve = await ComputeAsync(new() { CensorAtNewTherapy = true }, Study());

        Assert.Equal((2, 0), (curve.Strata[0].ParticipantCount, curve.Strata[0].EventCount));
        Assert.Contains("censored at new therapy (S1)", curve.Method, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_responder_nothing_is_estimable_and_the_reason_is_told()
    {
        var curve = await ComputeAsync(new(), new MadeStudy().Infused("01-0001", Assessed("2025-03-28", Response.StableDisease)));

        Assert.All(curve.Strata.Single().Rates, rate => Assert.Equal((false, "no participants"), (rate.HasSurvival, rate.NotEstimableReason)));
    }

    private static MadeStudy Study() => new MadeStudy()
        .Infused(
            "01-0001",
            Assessed("2025-03-28", Response.Partial), new SubsequentTherapy { StartDate = "2025-05-01" }, Assessed("2025-05-23", Response.ProgressiveDisease))
        .Infused("01-0002", Assessed("2025-03-28", Response.Partial), Assessed("2025-04-25", Response.VeryGoodPartial))
        .Infused("02-0001", Assessed("2025-03-28", Response.StableDisease));

    private static async Task<V1.SurvivalCurve> ComputeAsync(V1.GetSurvivalCurveRequest request, MadeStudy study)
    {
        request.Endpoint = V1.Endpoint.DurationOfResponse;
        var question = SurvivalQuestion.Parse(request, Now);
        var counts = await CurveCounts.OfAsync(study.Dossiers.ToAsyncEnumerable(), question.Scope);
        return SurvivalAnswer.Compute(question, counts, CohortPosition.None.After("enrolment", Now, Now).ToV1(asOf: null, Now));
    }

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };
}

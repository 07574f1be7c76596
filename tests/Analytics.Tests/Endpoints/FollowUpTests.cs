using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.Endpoints;

/// <summary>Median follow-up with limits, and the observed range: survival methods, section 6. The numbers are R's, of <c>survfit(Surv(t, 1 - d) ~ 1)</c>.</summary>
public sealed class FollowUpTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Infusion = new(2025, 3, 1);

    [Theory]
    [InlineData(V1.Endpoint.OverallSurvival, V1.IntervalType.LogLog, 0.95, "150 (60 to 180), 30 to 195")]
    [InlineData(V1.Endpoint.ProgressionFreeSurvival, V1.IntervalType.LogLog, 0.95, "150 (60 to 180), 30 to 195")]
    [InlineData(V1.Endpoint.ProgressionFreeSurvival, V1.IntervalType.LogLog, 0.9, "150 (90 to 180), 30 to 195")]
    [InlineData(V1.Endpoint.OverallSurvival, V1.IntervalType.Plain, 0.95, "150 (60 to 180), 30 to 195")] // plain limits would begin at 90
    public async Task It_is_of_overall_survival_whatever_the_curve_is_of(V1.Endpoint endpoint, V1.IntervalType type, double level, string expected)
    {
        var study = new MadeStudy();
        foreach (var (text, i) in "30d 45 60 75d 90 105 120 135d 150 165 180 195".Split(' ').Select((text, i) => (text, i)))
        {
            study.Infused($"01-{i + 1:0000}", Assessed(15, Response.StableDisease), SeenLast(text));
        }

        var all = (await ComputeAsync(study, new() { Endpoint = endpoint, IntervalType = type, ConfidenceLevel = level })).Strata.Single();

        Assert.Equal(expected, InWords(all));
    }

    [Fact]
    public async Task Under_a_duration_of_response_it_is_that_of_those_who_responded_from_their_infusion()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Assessed(28, Response.Partial), SeenLast("100"))
            .Infused("01-0002", Assessed(28, Response.Partial), SeenLast("71d"))
            .Infused("02-0001", Assessed(28, Response.Complete), SeenLast("200"))
            .Infused("02-0002", Assessed(28, Response.StableDisease), SeenLast("40"));

        var curve = await ComputeAsync(study, new() { Endpoint = V1.Endpoint.DurationOfResponse, Grouping = V1.Grouping.Site });

        Assert.Equal(["150 (100 to -), 71 to 200", "100 (- to -), 71 to 100", "200 (- to -), 200 to 200"], curve.Strata.Select(InWords));
        Assert.Contains("median follow-up by reverse Kaplan–Meier of overall survival from infusion, log-log limits", curve.Method, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_was_followed_in_an_empty_study() =>
        Assert.Equal("- (- to -), - to -", InWords((await ComputeAsync(new MadeStudy(), new() { Endpoint = V1.Endpoint.OverallSurvival })).Strata.Single()));

    private static async Task<V1.SurvivalCurve> ComputeAsync(MadeStudy study, V1.GetSurvivalCurveRequest request)
    {
        var question = SurvivalQuestion.Parse(request, Now);
        var counts = await CurveCounts.OfAsync(study.Dossiers.ToAsyncEnumerable(), question.Scope);
        return SurvivalAnswer.Compute(question, counts, CohortPosition.None.After("enrolment", Now, Now).ToV1(asOf: null, Now));
    }

    private static string InWords(V1.SurvivalStratum stratum) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Text(stratum.HasMedianFollowUpDays, stratum.MedianFollowUpDays)} ({Text(stratum.HasMedianFollowUpLowerDays, stratum.MedianFollowUpLowerDays)} to {Text(stratum.HasMedianFollowUpUpperDays, stratum.MedianFollowUpUpperDays)}), {Text(stratum.HasShortestFollowUpDays, stratum.ShortestFollowUpDays)} to {Text(stratum.HasLongestFollowUpDays, stratum.LongestFollowUpDays)}");

    private static string Text(bool has, double days) => has ? days.ToString(CultureInfo.InvariantCulture) : "-";

    // 71d: died on day 71.
    private static IMessage SeenLast(string text) => text[^1] == 'd'
        ? new Death { DeathDate = On(int.Parse(text[..^1], CultureInfo.InvariantCulture)) }
        : new FollowUp { LastKnownAliveDate = On(int.Parse(text, CultureInfo.InvariantCulture)) };

    private static DiseaseAssessment Assessed(int day, Response response) => new() { ResponseDate = On(day), InvestigatorResponse = response };

    private static string On(int day) => Infusion.AddDays(day - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using IntervalType = Equecel.Analytics.Statistics.IntervalType;

namespace Equecel.Analytics.Tests.Endpoints;

public sealed class SurvivalQuestionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_left_out_has_a_default()
    {
        var question = SurvivalQuestion.Parse(new() { Endpoint = V1.Endpoint.OverallSurvival }, Now);

        Assert.Equal(new ConfidenceInterval(IntervalType.LogLog, 0.95), question.Interval);
        Assert.Equal([182.625, 365.25], question.AtDays);
        Assert.Equal([0.25, 0.5, 0.75], question.Quantiles);
        Assert.True(question.WithPoints);
        Assert.Empty(question.Population.Sites);
        Assert.Null(question.AsOfTime);
        Assert.Null(question.Cutoff);
    }

    [Theory]
    [InlineData(V1.Endpoint.OverallSurvival, false, false, "Os")]
    [InlineData(V1.Endpoint.ProgressionFreeSurvival, false, false, "Pfs")]
    [InlineData(V1.Endpoint.ProgressionFreeSurvival, true, false, "PfsS1")]
    [InlineData(V1.Endpoint.ProgressionFreeSurvival, false, true, "PfsS2")]
    [InlineData(V1.Endpoint.ProgressionFreeSurvival, true, true, "PfsS1S2")]
    [InlineData(V1.Endpoint.DurationOfResponse, false, false, "Dor")]
    [InlineData(V1.Endpoint.DurationOfResponse, true, false, "DorS1")]
    [InlineData(V1.Endpoint.DurationOfResponse, false, true, "DorS2")]
    [InlineData(V1.Endpoint.DurationOfResponse, true, true, "DorS1S2")]
    public void The_endpoint_and_what_censors_it_say_what_the_curve_is_of(V1.Endpoint endpoint, bool atNewTherapy, bool afterMissed, string time) =>
        Assert.Equal(time, $"{SurvivalQuestion.Parse(new() { Endpoint = endpoint, CensorAtNewTherapy = atNewTherapy, CensorAfterMissedAssessments = afterMissed }, Now).Scope.Time}");

    [Fact]
    public void Every_field_at_fault_is_named_at_once()
    {
        var request = new GetSurvivalCurveRequest
        {
            Population = new() { Sites = { "01", "1", "site" }, Origin = (DataOrigin)9 },
            Grouping = (Grouping)99,
            IntervalType = (V1.IntervalType)8,
            ConfidenceLevel = 95,
            AtDays = { 1, -1, double.NaN, double.PositiveInfinity },
            Quantiles = { 0.5, 0, 1, double.NaN },
            AsOfTime = (Now + TimeSpan.FromSeconds(1)).ToTimestamp(),
            DataCutoffDate = "2026-02-30",
        };

        Assert.Equal(
            [
                "endpoint", "population.sites[1]", "population.sites[2]", "population.origin", "grouping", "confidence_level", "as_of_time", "data_cutoff_date",
                "interval_type", "at_days[1]", "at_days[2]", "at_days[3]", "quantiles[1]", "quantiles[2]", "quantiles[3]",
            ],
            Faults(request));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.5)]
    [InlineData(1)]
    [InlineData(double.PositiveInfinity)]
    public void A_confidence_level_lies_between_0_and_1(double level) =>
        Assert.Equal(["confidence_level"], Faults(new() { Endpoint = V1.Endpoint.OverallSurvival, ConfidenceLevel = level }));

    [Fact]
    public void Lists_are_bounded()
    {
        var request = new GetSurvivalCurveRequest { Endpoint = V1.Endpoint.OverallSurvival, Population = new() };
        request.AtDays.AddRange(Enumerable.Repeat(1.0, 101));
        request.Quantiles.AddRange(Enumerable.Repeat(0.5, 21));
        request.Population.Sites.AddRange(Enumerable.Repeat("01", 1001));
        Assert.Equal(["population.sites", "at_days", "quantiles"], Faults(request));
    }

    [Theory]
    [InlineData(Grouping.Sex, "YES", "population.subgroups[0].key")]
    [InlineData(Grouping.Sex, "", "population.subgroups[0].key")]
    [InlineData(Grouping.Unspecified, "YES", "population.subgroups[0].grouping population.subgroups[0].key")]
    [InlineData(Grouping.Site, "01", "population.subgroups[0].grouping population.subgroups[0].key")]
    [InlineData(Grouping.Provenance, "PROSPECTIVE", "population.subgroups[0].grouping population.subgroups[0].key")]
    [InlineData((Grouping)99, "", "population.subgroups[0].grouping population.subgroups[0].key")]
    public void A_subgroup_is_one_that_its_grouping_has(Grouping grouping, string key, string faults) => Assert.Equal(
        faults.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Faults(new() { Endpoint = V1.Endpoint.OverallSurvival, Population = new() { Subgroups = { new Subgroup { Grouping = grouping, Key = key } } } }));

    [Theory]
    [InlineData(Grouping.Sex, "FEMALE")]
    [InlineData(Grouping.ProductSpecification, "UNKNOWN")]
    public void A_subgroup_that_its_grouping_has_is_taken(Grouping grouping, string key)
    {
        var subgroup = new Subgroup { Grouping = grouping, Key = key };
        var question = SurvivalQuestion.Parse(new() { Endpoint = V1.Endpoint.OverallSurvival, Population = new() { Subgroups = { subgroup } } }, Now);
        Assert.Equal([subgroup], question.Scope.Population.Subgroups);
    }

    [Fact]
    public void Subgroups_are_bounded()
    {
        var request = new GetSurvivalCurveRequest { Endpoint = V1.Endpoint.OverallSurvival, Population = new() };
        request.Population.Subgroups.AddRange(Enumerable.Repeat(new Subgroup { Grouping = Grouping.Sex, Key = "MALE" }, 13));
        Assert.Equal(["population.subgroups"], Faults(request));
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, -1)]
    [InlineData(0, int.MaxValue)]
    public void An_instant_out_of_range_is_a_fault_and_not_a_defect(long seconds, int nanos) =>
        Assert.Equal(["as_of_time"], Faults(new() { Endpoint = V1.Endpoint.OverallSurvival, AsOfTime = new Timestamp { Seconds = seconds, Nanos = nanos } }));

    private static IEnumerable<string> Faults(GetSurvivalCurveRequest request)
    {
        var error = Assert.Throws<RpcException>(() => SurvivalQuestion.Parse(request, Now));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
    }
}

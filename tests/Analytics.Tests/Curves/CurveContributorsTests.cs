using Equecel.Analytics.Curves;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Grpc.Core;
using Part = Equecel.Analytics.V1.CurveStep.Types.Part;

namespace Equecel.Analytics.Tests.Curves;

public sealed class CurveContributorsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly MadeStudy Study = new MadeStudy()
        .Infused("01-0001", Assessed("2025-03-30", Response.Partial), Assessed("2025-04-29", Response.ProgressiveDisease))
        .Infused("01-0002", Assessed("2025-04-29", Response.StableDisease), new AdverseEvent { OnsetDate = "2025-05-10" })
        .Infused("01-0003", new Death { DeathDate = "2025-03-20" })
        .Infused("02-0001", Assessed("2025-05-29", Response.Complete), new FollowUp { LastKnownAliveDate = "2025-06-30" })
        .With("02-0002", new Participation());

    [Fact]
    public async Task A_step_tells_who_had_the_event_who_was_censored_and_who_was_at_risk()
    {
        Assert.Equal(["01-0003 death on day 20: Infusion, Death"], await WhoAsync(Pfs(20)));
        Assert.Equal(
            [
                "01-0001 progression on day 60: Infusion, DiseaseAssessment, DiseaseAssessment",
                "01-0002 censored on day 60: last adequate assessment: Infusion, DiseaseAssessment",
            ],
            await WhoAsync(Pfs(60)));
        Assert.Equal(["01-0001"], await CodesAsync(Pfs(60, Part.Event)));
        Assert.Equal(["01-0002"], await CodesAsync(Pfs(60, Part.Censored)));
        Assert.Equal(["01-0001", "01-0002", "02-0001"], await CodesAsync(Pfs(60, Part.AtRisk)));
        Assert.Equal(["02-0001"], await CodesAsync(Pfs(60, Part.AtRisk, "RETROSPECTIVE")));
        Assert.Empty(await CodesAsync(Pfs(59)));
    }

    [Fact]
    public async Task The_sources_of_overall_survival_are_what_proves_life_last_or_the_death()
    {
        Assert.Equal(["01-0002 censored on day 71: last known alive: Infusion, AdverseEvent"], await WhoAsync(Os(71)));
        Assert.Equal(["02-0001 censored on day 122: last known alive: Infusion, FollowUp"], await WhoAsync(Os(122)));
        Assert.Equal(["01-0003 death on day 20: Infusion, Death"], await WhoAsync(Os(20, Part.Event)));
    }

    [Fact]
    public async Task A_step_of_an_incidence_tells_those_in_whom_something_precluded_it()
    {
        Assert.Equal(["01-0003 precluded by death on day 20: Infusion, Death"], await WhoAsync(Incidence(20, Part.CompetingEvent)));
        Assert.Equal(["01-0001 response on day 30: Infusion, DiseaseAssessment, DiseaseAssessment"], await WhoAsync(Incidence(30, Part.Event)));
    }

    [Fact]
    public async Task Every_step_of_every_curve_has_as_many_behind_it_as_it_counts()
    {
        var request = new V1.GetIncidenceCurveRequest { Endpoint = V1.IncidenceEndpoint.Response, Grouping = V1.Grouping.Provenance };
        var counts = new CurveCounts();
        Study.Dossiers.ForEach(dossier => counts.Add(dossier, CurveScope.Of(request)));
        var curve = IncidenceAnswers.Compute(request, counts, new V1.DataPosition());

        foreach (var stratum in curve.Strata)
        {
            foreach (var point in stratum.Points)
            {
                var counted = new List<long>();
                foreach (var part in (Part[])[Part.AtRisk, Part.Event, Part.CompetingEvent, Part.Censored])
                {
                    counted.Add((await CodesAsync(Incidence(point.Days, part, stratum.Group))).Count);
                }

                Assert.Equal([point.AtRiskCount, point.EventCount, point.CompetingEventCount, point.CensoredCount], counted);
            }
        }
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        var first = await PageAsync(Pfs(1, Part.AtRisk), 2, "");
        var second = await PageAsync(Pfs(1, Part.AtRisk), 2, first.NextPageToken);

        Assert.Equal(["01-0001", "01-0002"], first.Contributors.Select(one => one.Participant));
        Assert.Equal(["01-0003", "02-0001"], second.Contributors.Select(one => one.Participant));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task A_group_that_the_curve_has_not_is_refused() =>
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => CodesAsync(Pfs(60, Part.AtRisk, "03")))).StatusCode);

    [Theory]
    [InlineData("step", 0, Part.Unspecified, "", false)]
    [InlineData("step.days", 0, Part.Unspecified, "", true)]
    [InlineData("step.days", 1.5, Part.Unspecified, "", true)]
    [InlineData("step.days", double.NaN, Part.Unspecified, "", true)]
    [InlineData("step.days", 1e6, Part.Unspecified, "", true)]
    [InlineData("step.part", 1, Part.CompetingEvent, "", true)]
    [InlineData("step.part", 1, (Part)9, "", true)]
    public void Each_fault_names_its_field(string field, double days, Part part, string group, bool hasStep)
    {
        var request = new V1.ListCurveContributorsRequest { Step = hasStep ? Pfs(days, part, group) : null };
        Assert.Equal([field], CurveStepChecks.Run(request, Now).OfType<Google.Rpc.BadRequest.Types.FieldViolation>().Select(fault => fault.Field));
    }

    [Fact]
    public void Every_fault_of_the_curves_request_is_named_with_its_path()
    {
        var request = new V1.ListCurveContributorsRequest
        {
            Step = new() { Incidence = new() { DataCutoffDate = "soon" }, Days = 1, Group = "01" },
            PageSize = -1,
            PageToken = new string('1', 1001),
        };

        Assert.Equal(
            ["step.incidence.endpoint", "step.incidence.data_cutoff_date", "step.group", "page_size", "page_token"],
            CurveStepChecks.Run(request, Now).OfType<Google.Rpc.BadRequest.Types.FieldViolation>().Select(fault => fault.Field));
        Assert.Equal(["survival"], CurveStepChecks.Run(new() { Step = new() { Days = 1 } }, Now).OfType<Google.Rpc.BadRequest.Types.FieldViolation>().Select(fault => fault.Field[5..]));
    }

    private static V1.CurveStep Pfs(double days, Part part = Part.Unspecified, string group = "") => Survival(V1.Endpoint.ProgressionFreeSurvival, days, part, group);

    private static V1.CurveStep Os(double days, Part part = Part.Unspecified) => Survival(V1.Endpoint.OverallSurvival, days, part, "");

    private static V1.CurveStep Survival(V1.Endpoint endpoint, double days, Part part, string group) =>
        new() { Survival = new() { Endpoint = endpoint, Grouping = V1.Grouping.Provenance }, Days = days, Part = part, Group = group };

    private static V1.CurveStep Incidence(double days, Part part, string group = "") =>
        new() { Incidence = new() { Endpoint = V1.IncidenceEndpoint.Response, Grouping = V1.Grouping.Provenance }, Days = days, Part = part, Group = group };

    private static async Task<List<string>> CodesAsync(V1.CurveStep step) => [.. (await PageAsync(step, 0, "")).Contributors.Select(one => one.Participant)];

    private static async Task<List<string>> WhoAsync(V1.CurveStep step) =>
        [.. (await PageAsync(step, 0, "")).Contributors.Select(one => $"{one.Participant} {one.Contribution}: {string.Join(", ", one.Sources.Select(source => source.Kind))}")];

    private static Task<V1.ListContributorsResponse> PageAsync(V1.CurveStep step, int pageSize, string pageToken)
    {
        var request = new V1.ListCurveContributorsRequest { Step = step, PageSize = pageSize, PageToken = pageToken };
        return CurveContributors.PageAsync(Study.Dossiers.ToAsyncEnumerable(), CurveStepQuestion.Parse(request, Now), request, new V1.DataPosition());
    }

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };
}

using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Endpoints;

public sealed class IncidenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Death_and_new_therapy_preclude_a_response()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Assessed("2025-03-10", Response.Partial))
            .Infused("01-0002", new Death { DeathDate = "2025-03-15" })
            .Infused("01-0003", new SubsequentTherapy { StartDate = "2025-03-20" })
            .Infused("02-0001", Assessed("2025-03-30", Response.StableDisease))
            .With("02-0002", new Participation());

        var curve = Compute(study, new V1.GetIncidenceCurveRequest { Endpoint = V1.IncidenceEndpoint.Response, AtDays = { 12, 25, 300 } });

        var all = Assert.Single(curve.Strata);
        Assert.Equal((4, 1, 2, 1), (all.ParticipantCount, all.EventCount, all.CompetingEventCount, all.CensoredCount));
        Assert.Equal([10, 15, 20, 30], all.Points.Select(point => point.Days));
        Assert.Equal((0.25, 0.25), (all.Rates[0].Incidence, all.Rates[1].Incidence));
        Assert.Equal("beyond last follow-up", all.Rates[2].NotEstimableReason);
        Assert.Equal("not infused", Assert.Single(curve.Exclusions).Reason);
    }

    [Fact]
    public void Groups_have_curves_and_the_test_between_them()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Assessed("2025-03-10", Response.Partial))
            .Infused("01-0002", Assessed("2025-03-12", Response.Complete))
            .Infused("02-0001", Assessed("2025-04-30", Response.Partial))
            .Infused("02-0002", Assessed("2025-05-30", Response.StableDisease));

        var curve = Compute(study, new V1.GetIncidenceCurveRequest { Endpoint = V1.IncidenceEndpoint.Response, Grouping = V1.Grouping.Site });

        Assert.Equal(["", "01", "02"], curve.Strata.Select(stratum => stratum.Group));
        Assert.Equal(1, curve.Gray.DegreesOfFreedom);
        Assert.InRange(curve.Gray.PValue, 0, 1);
    }

    [Theory]
    [InlineData(V1.Grouping.Site, true)]
    [InlineData(V1.Grouping.Unspecified, false)]
    public void The_test_is_named_when_groups_are_asked_for_and_says_why_there_is_none(V1.Grouping grouping, bool isNamed)
    {
        var curve = Compute(new MadeStudy(), new V1.GetIncidenceCurveRequest { Endpoint = V1.IncidenceEndpoint.Response, Grouping = grouping });

        Assert.Equal((isNamed, isNamed), (curve.Method.Contains("Gray's test", StringComparison.Ordinal), curve.GrayNotEstimableReason.Length > 0));
    }

    private static V1.IncidenceCurve Compute(MadeStudy study, V1.GetIncidenceCurveRequest request)
    {
        var counts = new CurveCounts();
        study.Dossiers.ForEach(dossier => counts.Add(dossier, CurveScope.Of(request)));
        return IncidenceAnswers.Compute(request, counts, CohortPosition.None.After("enrolment", Now, Now).ToV1(asOf: null, Now));
    }

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };
}

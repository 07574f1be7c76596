using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;

namespace Equecel.Analytics.Tests.Tables;

public sealed class DescriptiveTableTests
{
    [Theory]
    [InlineData(Assessment.V1.Response.StableDisease, "no responder", "no responder")]
    [InlineData(Assessment.V1.Response.Partial, "", "no responder")]
    [InlineData(Assessment.V1.Response.Complete, "", "")]
    public void A_time_to_response_without_a_responder_says_so(Assessment.V1.Response response, string ttr, string ttcr)
    {
        var table = new MadeStudy().Infused("01-0001", new Assessment.V1.DiseaseAssessment { ResponseDate = "2025-04-01", InvestigatorResponse = response }).Table(V1.Topic.TimeToResponse);

        Assert.Equal((ttr, ttcr), (table.Cell("ttr").NotEstimableReason, table.Cell("ttcr").NotEstimableReason));
        Assert.Equal((ttr.Length == 0, ttcr.Length == 0), (table.Cell("ttr").Summary.HasMedian, table.Cell("ttcr").Summary.HasMedian));
    }

    [Fact]
    public void Quality_of_life_tells_change_and_shares_of_those_with_both_scores()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Scores(Visit.Baseline, 50), Scores(Visit.Week4, 60))
            .Infused("01-0002", Scores(Visit.Baseline, 50), Scores(Visit.Week4, 40 + (1 / 3.0)))
            .Infused("01-0003", Scores(Visit.Week4, 90))
            .Table(V1.Topic.QualityOfLife);

        Assert.Equal(3, table.Cell("ql2/week-4").Summary.Count);
        Assert.Equal((10 - (9 + (2 / 3.0))) / 2, table.Cell("ql2/week-4/change").Estimate, precision: 6);
        Assert.Equal("1/2 0/2", $"{table.Share("ql2/week-4/better")} {table.Share("ql2/week-4/worse")}");
        Assert.Equal("no values", table.Cell("pf2/week-4/change").NotEstimableReason);
    }

    [Fact]
    public void A_symptom_that_falls_is_better()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Scores(Visit.Baseline, 50, Scale.Fa), Scores(Visit.Week4, 40, Scale.Fa))
            .Table(V1.Topic.QualityOfLife);

        Assert.Equal("1/1 0/1", $"{table.Share("fa/week-4/better")} {table.Share("fa/week-4/worse")}");
    }

    [Fact]
    public void The_baseline_is_described_and_what_is_not_known_is_told()
    {
        var table = new MadeStudy()
            .Infused(
                "01-0001",
                new Participation { Sex = Participation.Types.Sex.Female, Ecog = 1 },
                new MyelomaHistory { HeavyChain = MyelomaHistory.Types.HeavyChain.Igg },
                new BaselineProfile { AgeAtInfusionYears = 61, IssAtDiagnosis = MyelomaHistory.Types.Stage.Ii, HighRiskBroad = YesNoUnknown.Yes })
            .Infused("01-0002")
            .Table(V1.Topic.Baseline);

        Assert.Equal((1L, 61.0), (table.Cell("age").Summary.Count, table.Cell("age").Summary.Mean));
        Assert.Equal("1/2 1/2", $"{table.Share("sex/female")} {table.Share("sex/unknown")}");
        Assert.Equal("1/2 1/2 1/2", $"{table.Share("iss/ii")} {table.Share("type/igg")} {table.Share("high-risk-broad/yes")}");
        Assert.Equal("1/2", table.Share("ecog/unknown"));
    }

    [Fact]
    public void Refractoriness_is_a_share_of_those_of_whom_it_is_known()
    {
        var table = new MadeStudy()
            .Infused("01-0001", new BaselineProfile { PriorLineCount = 4, TripleClassRefractory = YesNoUnknown.Yes })
            .Infused("01-0002", new BaselineProfile { PriorLineCount = 2, TripleClassRefractory = YesNoUnknown.Unknown })
            .Infused("01-0003", new BaselineProfile { TripleClassRefractory = YesNoUnknown.No })
            .Table(V1.Topic.PriorTherapy);

        Assert.Equal("1/2 1/2", $"{table.Share("triple-class-refractory")} {table.Share("lines/from-3")}");
        Assert.Equal(3, table.Cell("lines").Summary.Median);
    }

    [Theory]
    [InlineData(V1.Topic.PriorTherapy, "triple-class-refractory", "1/1", "0/0")]
    [InlineData(V1.Topic.PriorTherapy, "lines/from-3", "1/1", "0/0")]
    [InlineData(V1.Topic.PriorTherapy, "prior-cart", "0/0", "0/0")]
    [InlineData(V1.Topic.QualityOfLife, "ql2/week-4/better", "1/1", "0/0")]
    [InlineData(V1.Topic.QualityOfLife, "ql2/week-4/worse", "0/1", "0/0")]
    [InlineData(V1.Topic.QualityOfLife, "ql2/week-8/better", "0/0", "0/0")]
    [InlineData(V1.Topic.QualityOfLife, "eq-vas/week-4/worse", "0/0", "0/0")]
    public void A_share_of_those_of_whom_nothing_is_known_is_not_estimable(V1.Topic topic, string row, string all, string retrospective)
    {
        var table = new MadeStudy()
            .Infused("01-0001", new BaselineProfile { PriorLineCount = 4, TripleClassRefractory = YesNoUnknown.Yes }, Scores(Visit.Baseline, 50), Scores(Visit.Week4, 60))
            .Infused("02-0001", new BaselineProfile { TripleClassRefractory = YesNoUnknown.Unknown }, Scores(Visit.Week4, 60))
            .Infused("02-0002")
            .Table(new V1.GetTableRequest { Topic = topic, Grouping = V1.Grouping.Provenance });

        Assert.Equal((all, retrospective), (table.Share(row), table.Share(row, "RETROSPECTIVE")));
        Assert.All(table.Rows.Single(one => one.Key == row).Cells, cell =>
        {
            Assert.Equal(cell.Denominator > 0, cell.HasEstimate && cell.HasLower && cell.HasUpper);
            Assert.Equal(cell.Denominator > 0 ? "" : "no participants", cell.NotEstimableReason);
        });
    }

    [Fact]
    public void The_first_new_therapy_counts()
    {
        var table = new MadeStudy()
            .Infused(
                "01-0001",
                new SubsequentTherapy { StartDate = "2025-06-09", Reason = SubsequentTherapy.Types.Reason.Pd },
                new SubsequentTherapy { StartDate = "2025-04-30", Reason = SubsequentTherapy.Types.Reason.Maintenance })
            .Table(V1.Topic.Treatment);

        Assert.Equal("1/1 1/1 0/1", $"{table.Share("new-therapy")} {table.Share("new-therapy/maintenance")} {table.Share("new-therapy/progression")}");
        Assert.Equal(60, table.Cell("new-therapy/time").Summary.Median);
    }

    [Fact]
    public void Therapy_that_begins_on_the_day_of_infusion_is_not_new()
    {
        var onTheDay = new SubsequentTherapy { StartDate = "2025-03-01", Reason = SubsequentTherapy.Types.Reason.Maintenance };
        var table = new MadeStudy()
            .Infused("01-0001", onTheDay)
            .Infused("01-0002", onTheDay, new SubsequentTherapy { StartDate = "2025-03-02", Reason = SubsequentTherapy.Types.Reason.Pd })
            .Table(V1.Topic.Treatment);

        Assert.Equal("1/2 0/2 1/2", $"{table.Share("new-therapy")} {table.Share("new-therapy/maintenance")} {table.Share("new-therapy/progression")}");
        Assert.Equal((1, 1.0), (table.Cell("new-therapy/time").Summary.Count, table.Cell("new-therapy/time").Summary.Median));
    }

    private static QuestionnaireScores Scores(Visit visit, double score, Scale scale = Scale.Ql2) => new()
    {
        AssignedVisit = visit,
        CompletionDate = visit == Visit.Baseline ? "2025-02-20" : "2025-03-29",
        Scales = { new QuestionnaireScores.Types.ScaleScore { Scale = scale, Score = score } },
    };
}

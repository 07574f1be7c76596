using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using CellSearch = Equecel.Assessment.V1.DiseaseAssessment.Types.CellSearch;
using MrdSensitivity = Equecel.Assessment.V1.DiseaseAssessment.Types.MrdSensitivity;

namespace Equecel.Analytics.Tests.Tables;

public sealed class BestResponseTests
{
    [Fact]
    public void The_best_category_up_to_the_first_progression_within_24_weeks_counts()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Assessed("2025-03-20", Response.Partial), Assessed("2025-05-01", Response.StringentComplete))
            .Infused("01-0002", Assessed("2025-03-20", Response.ProgressiveDisease), Assessed("2025-05-01", Response.Complete))
            // 168 days after the infusion is 2025-08-16.
            .Infused("01-0003", Assessed("2025-03-20", Response.StableDisease), Assessed("2025-08-17", Response.VeryGoodPartial))
            .Infused("01-0004")
            .With("01-0005", new Enrolment.V1.Participation());

        var table = study.Table(V1.Topic.BestResponse);

        Assert.Equal("1/4", table.Share("orr"));
        Assert.Equal("1/4", table.Share("bor/scr"));
        Assert.Equal("1/4", table.Share("bor/pd"));
        Assert.Equal("1/4", table.Share("bor/sd"));
        Assert.Equal("1/4", table.Share("bor/ne"));
        Assert.Equal("not infused 1", string.Join(", ", table.Exclusions.Select(one => $"{one.Reason} {one.ParticipantCount}")));
        // Clopper–Pearson of 1 in 4, from tables.
        Assert.Equal((25, 0.6309, 80.5880), (table.Cell("orr").Estimate, Math.Round(table.Cell("orr").Lower, 4), Math.Round(table.Cell("orr").Upper, 4)));
    }

    [Fact]
    public void A_table_of_a_subgroup_is_of_nobody_else()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Assessed("2025-03-20", Response.Partial), new Participation { Sex = Participation.Types.Sex.Female }, new BaselineProfile { AgeAtInfusionYears = 70 })
            .Infused("01-0002", Assessed("2025-03-20", Response.StableDisease), new Participation { Sex = Participation.Types.Sex.Female }, new BaselineProfile { AgeAtInfusionYears = 60 })
            .Infused("01-0003", Assessed("2025-03-20", Response.Partial), new Participation { Sex = Participation.Types.Sex.Male }, new BaselineProfile { AgeAtInfusionYears = 70 });

        Assert.Equal("1/2", Orr(("SEX", "FEMALE")));
        Assert.Equal("2/2", Orr(("AGE", "FROM_65")));
        Assert.Equal("1/1", Orr(("AGE", "FROM_65"), ("SEX", "FEMALE")));
        Assert.Equal("0/0", Orr(("SEX", "UNKNOWN")));

        string Orr(params (string Grouping, string Key)[] subgroups) => study.Table(new V1.GetTableRequest
        {
            Topic = V1.Topic.BestResponse,
            Population = new() { Subgroups = { subgroups.Select(one => new V1.Subgroup { Grouping = Enum.Parse<V1.Grouping>(one.Grouping, ignoreCase: true), Key = one.Key }) } },
        }).Share("orr");
    }

    [Theory]
    [InlineData(Response.Complete, CellSearch.Negative, MrdSensitivity._1E5, "2025-03-20", "1/1")]
    [InlineData(Response.StringentComplete, CellSearch.Negative, MrdSensitivity._1E6, "2025-03-20", "1/1")]
    [InlineData(Response.Complete, CellSearch.Negative, MrdSensitivity._1E4, "2025-03-20", "0/1")]
    [InlineData(Response.Complete, CellSearch.Positive, MrdSensitivity._1E5, "2025-03-20", "0/1")]
    [InlineData(Response.VeryGoodPartial, CellSearch.Negative, MrdSensitivity._1E6, "2025-03-20", "0/1")]
    [InlineData(Response.Complete, CellSearch.Negative, MrdSensitivity._1E5, "2025-08-17", "0/1")]
    public void Residual_disease_is_ruled_out_by_a_deep_test_in_an_assessment_of_complete_response_within_the_window(
        Response response, CellSearch found, MrdSensitivity sensitivity, string date, string share)
    {
        var assessed = new DiseaseAssessment { ResponseDate = date, InvestigatorResponse = response, Mrd = found, MrdSensitivity = sensitivity };
        Assert.Equal(share, new MadeStudy().Infused("01-0001", assessed).Table(V1.Topic.BestResponse).Share("mrd-negative-rate"));
    }

    [Fact]
    public void After_progression_nothing_rules_out_residual_disease()
    {
        var negative = new DiseaseAssessment
        {
            ResponseDate = "2025-05-01",
            InvestigatorResponse = Response.Complete,
            Mrd = CellSearch.Negative,
            MrdSensitivity = MrdSensitivity._1E6,
        };
        var study = new MadeStudy().Infused("01-0001", Assessed("2025-03-20", Response.ProgressiveDisease), negative);
        Assert.Equal("0/1", study.Table(V1.Topic.BestResponse).Share("mrd-negative-rate"));
    }

    [Fact]
    public void A_tolerance_lets_a_late_week_24_visit_in()
    {
        var study = new MadeStudy().Infused("01-0001", Assessed("2025-08-17", Response.VeryGoodPartial));

        Assert.Equal("0/1", study.Table(V1.Topic.BestResponse).Share("orr"));
        Assert.Equal("1/1", study.Table(new V1.GetTableRequest { Topic = V1.Topic.BestResponse, WindowToleranceDays = 14 }).Share("orr"));
    }

    [Fact]
    public void Without_participants_nothing_is_estimable_and_the_reason_is_told()
    {
        var cell = new MadeStudy().Table(V1.Topic.BestResponse).Cell("orr");

        Assert.False(cell.HasEstimate);
        Assert.Equal("no participants", cell.NotEstimableReason);
    }

    [Fact]
    public void Groups_have_columns_beside_everybody()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Assessed("2025-03-20", Response.Partial))
            .Infused("02-0001")
            .Table(new V1.GetTableRequest { Topic = V1.Topic.BestResponse, Grouping = V1.Grouping.Provenance });

        Assert.Equal(["", "PROSPECTIVE", "RETROSPECTIVE"], table.Columns.Select(column => column.Key));
        Assert.Equal("1/2 1/1 0/1", $"{table.Share("orr")} {table.Share("orr", "PROSPECTIVE")} {table.Share("orr", "RETROSPECTIVE")}");
    }

    [Fact]
    public void A_cell_tells_who_is_behind_it_page_by_page()
    {
        var study = new MadeStudy()
            .Infused("01-0001", Assessed("2025-03-20", Response.Partial))
            .Infused("01-0002")
            .Infused("01-0003", Assessed("2025-04-29", Response.Complete));
        var request = new V1.GetTableRequest { Topic = V1.Topic.BestResponse };

        var first = study.Contributors(request, "orr", pageSize: 1);
        var second = study.Contributors(request, "orr", pageSize: 1, pageToken: first.NextPageToken);

        Assert.Equal("01-0001 PR on day 20, 1 source", InWords(Assert.Single(first.Contributors)));
        Assert.Equal("01-0003 CR on day 60, 1 source", InWords(Assert.Single(second.Contributors)));
        Assert.Equal("", second.NextPageToken);

        static string InWords(V1.ListContributorsResponse.Types.Contributor one) => $"{one.Participant} {one.Contribution}, {one.Sources.Count} source";
    }

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };
}

using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Tables;

public sealed class TreatmentFlowTests
{
    [Fact]
    public void Everybody_passes_every_stage_once()
    {
        var table = Study().Table(V1.Topic.TreatmentFlow);

        Assert.Equal(
            [
                "last-line", "last-line/pi+imid 2", "last-line/none 1",
                "bridging", "bridging/alkylator 1", "bridging/none 1", "bridging/not-known 1",
                "infusion", "infusion/eque-cel 3",
                "outcome", "outcome/anti-cd38 1", "outcome/death 1", "outcome/in-response 1",
                "flow",
                "flow/last-line/none>bridging/not-known 1", "flow/last-line/pi+imid>bridging/alkylator 1", "flow/last-line/pi+imid>bridging/none 1",
                "flow/bridging/alkylator>infusion/eque-cel 1", "flow/bridging/none>infusion/eque-cel 1", "flow/bridging/not-known>infusion/eque-cel 1",
                "flow/infusion/eque-cel>outcome/anti-cd38 1", "flow/infusion/eque-cel>outcome/death 1", "flow/infusion/eque-cel>outcome/in-response 1",
            ],
            table.Rows.Select(row => row.Cells[0].HasParticipantCount ? $"{row.Key} {row.Cells[0].ParticipantCount}" : row.Key));
        Assert.Equal("1/3", table.Share("outcome/death"));
        Assert.Equal("PI + IMiD → No bridging", table.Rows.Single(row => row.Key == "flow/last-line/pi+imid>bridging/none").Label);
        Assert.Equal("not infused", Assert.Single(table.Exclusions).Reason);
    }

    [Fact]
    public void Flows_name_the_rows_that_they_join_and_add_up_to_them()
    {
        var table = Study().Table(V1.Topic.TreatmentFlow);

        var flows = table.Rows.Where(row => row.Flow is not null).ToList();
        Assert.Equal(9, flows.Count);
        foreach (var way in flows.GroupBy(row => row.Flow.FromRow).Concat(flows.GroupBy(row => row.Flow.ToRow)))
        {
            Assert.Equal(table.Cell(way.Key).ParticipantCount, way.Sum(row => row.Cells[0].ParticipantCount));
        }
    }

    [Theory]
    [InlineData("2025-05-31", "outcome/in-response")]
    [InlineData("2025-06-01", "outcome/anti-cd38")]
    [InlineData("2025-03-19", "outcome/not-assessed")]
    public void What_came_first_by_the_cut_off_counts(string cutoff, string expected)
    {
        var table = Study().Table(new V1.GetTableRequest { Topic = V1.Topic.TreatmentFlow, Population = new() { Sites = { "01" } }, DataCutoffDate = cutoff });

        Assert.Contains(table.Rows, row => row.Key == expected && row.Cells[0].ParticipantCount > 0);
    }

    [Fact]
    public void A_second_infusion_progression_and_a_stable_disease_are_outcomes_as_well()
    {
        var table = new MadeStudy()
            .Infused("01-0001", new Infusion { SecondInfusion = true, StartTime = new() { Seconds = new DateTimeOffset(2025, 8, 1, 2, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() } })
            .Infused("01-0002", Assessed("2025-03-29", Response.ProgressiveDisease))
            .Infused("01-0003", Assessed("2025-03-29", Response.StableDisease))
            .Table(V1.Topic.TreatmentFlow);

        Assert.Equal("1/3 1/3 1/3", $"{table.Share("outcome/second-infusion")} {table.Share("outcome/progression")} {table.Share("outcome/no-response")}");
    }

    [Fact]
    public void A_flow_tells_who_went_that_way_and_from_which_records_that_is_known()
    {
        var behind = Study().Contributors(new V1.GetTableRequest { Topic = V1.Topic.TreatmentFlow }, "flow/infusion/eque-cel>outcome/anti-cd38");

        var one = Assert.Single(behind.Contributors);
        Assert.Equal(("01-0001", "Eque-cel → Anti-CD38", "Infusion SubsequentTherapy"), (one.Participant, one.Contribution, string.Join(" ", one.Sources.Select(source => source.Kind))));
    }

    [Fact]
    public void Without_participants_the_infusion_is_not_estimable()
    {
        var table = new MadeStudy().Table(V1.Topic.TreatmentFlow);

        Assert.Equal("no participants", table.Cell("infusion/eque-cel").NotEstimableReason);
    }

    private static MadeStudy Study() => new MadeStudy()
        .Infused(
            "01-0001",
            Line(2, TherapyClass.Steroid, TherapyClass.Imid, TherapyClass.Pi),
            Line(1, TherapyClass.Alkylator),
            new Bridging { Given = YesNoUnknown.Yes, Treatments = { Of(TherapyClass.Alkylator, TherapyClass.Steroid) } },
            Assessed("2025-03-20", Response.Partial),
            new SubsequentTherapy { StartDate = "2025-06-01", Treatments = { Of(TherapyClass.AntiCd38) } })
        .Infused("01-0002", Line(1, TherapyClass.Pi, TherapyClass.Imid), new Bridging { Given = YesNoUnknown.No }, new Death { DeathDate = "2025-05-01" })
        .Infused("02-0001", Assessed("2025-03-29", Response.Complete))
        .With("02-0002", new Participation());

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };

    private static PriorLine Line(int number, params TherapyClass[] classes) => new() { LineNumber = number, Treatments = { Of(classes) } };

    private static IEnumerable<Treatment> Of(params TherapyClass[] classes) => classes.Select(one => new Treatment { TherapyClass = one });
}

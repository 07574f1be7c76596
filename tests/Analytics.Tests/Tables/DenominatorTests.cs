using Equecel.Analytics.Tests.Report;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;
using Part = Equecel.Analytics.V1.TableCell.Types.Part;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Who is behind the denominator of a cell.</summary>
public sealed class DenominatorTests
{
    public static TheoryData<V1.Topic> Topics => [.. Enum.GetValues<V1.Topic>().Skip(1)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_denominator_is_as_many_participants_as_are_behind_it(V1.Topic topic)
    {
        var study = ReportStudy.Of(7);
        var request = new V1.GetTableRequest { Topic = topic, Grouping = V1.Grouping.Provenance };
        var table = study.Table(request);

        foreach (var (column, i) in table.Columns.Select((column, i) => (column, i)).Where(one => one.column.Key != "RETROSPECTIVE"))
        {
            foreach (var row in table.Rows)
            {
                var cell = row.Cells[i];
                var expected = row.Measure switch
                {
                    Measure.Unspecified => 0,
                    Measure.ShareOfThings => cell.ParticipantCount,
                    _ => cell.HasDenominator ? cell.Denominator : column.ParticipantCount,
                };
                Assert.Equal($"{row.Key} {expected}", $"{row.Key} {study.Contributors(request, row.Key, column.Key, pageSize: 500, part: Part.Denominator).Contributors.Count}");
            }
        }
    }

    [Theory]
    [InlineData("lines", "01-0001 infused on 2025-03-01: Infusion BaselineProfile; 01-0002 infused on 2025-03-01: Infusion BaselineProfile; 02-0001 infused on 2025-03-01: Infusion BaselineProfile")]
    [InlineData("imid-exposed", "01-0001 yes: BaselineProfile; 01-0002 no: BaselineProfile")]
    [InlineData("lines/from-3", "01-0001 4 lines: BaselineProfile; 02-0001 2 lines: BaselineProfile")]
    public void Where_the_answer_is_not_known_of_everybody_it_is_of_those_of_whom_it_is(string row, string expected)
    {
        var study = new MadeStudy()
            .Infused("01-0001", new BaselineProfile { ImidExposed = YesNoUnknown.Yes, PriorLineCount = 4 })
            .Infused("01-0002", new BaselineProfile { ImidExposed = YesNoUnknown.No })
            .Infused("02-0001", new BaselineProfile { ImidExposed = YesNoUnknown.Unknown, PriorLineCount = 2 });

        Assert.Equal(expected, Behind(study, new() { Topic = V1.Topic.PriorTherapy, Grouping = V1.Grouping.HighRisk }, row));
    }

    [Fact]
    public void A_change_of_quality_of_life_is_of_those_with_both_scores()
    {
        var study = new MadeStudy().Infused("01-0001", Eq5d(Visit.Baseline, "2025-02-20", 70), Eq5d(Visit.Week4, "2025-03-29", 75)).Infused("01-0002", Eq5d(Visit.Week4, "2025-03-29", 80));

        Assert.Equal("01-0001 70 to 75: QuestionnaireScores QuestionnaireScores", Behind(study, new() { Topic = V1.Topic.QualityOfLife }, "eq-vas/week-4/better"));
    }

    [Fact]
    public void A_rate_is_of_those_who_add_time_at_risk()
    {
        // Seen last on 30 March, which is day 30; dead on 10 March, which is day 10, whatever a later contact says.
        var study = new MadeStudy()
            .Infused("01-0001", new FollowUp { LastKnownAliveDate = "2025-03-12" }, new FollowUp { LastKnownAliveDate = "2025-03-30" })
            .Infused("01-0002", new Death { DeathDate = "2025-03-10" }, new FollowUp { LastKnownAliveDate = "2025-03-10" });

        Assert.Equal(
            "01-0001 30 days at risk: Infusion FollowUp; 01-0002 10 days at risk: Infusion Death",
            Behind(study, new() { Topic = V1.Topic.ResourceUse }, "emergency/rate"));
    }

    [Fact]
    public void A_denominator_is_that_of_its_column_page_by_page()
    {
        var study = new MadeStudy()
            .Infused("01-0001", new DiseaseAssessment { ResponseDate = "2025-03-20", InvestigatorResponse = Response.Partial }, new Participation())
            .Infused("02-0001").Infused("02-0002", new Participation { Sex = Participation.Types.Sex.Female }).With("02-0003", new Participation());
        var request = new V1.GetTableRequest { Topic = V1.Topic.BestResponse, Grouping = V1.Grouping.Provenance };

        var first = study.Contributors(request, "orr", "RETROSPECTIVE", pageSize: 1, part: Part.Denominator);
        var second = study.Contributors(request, "orr", "RETROSPECTIVE", pageSize: 1, pageToken: first.NextPageToken, part: Part.Denominator);

        Assert.Equal(["02-0001", "02-0002"], new[] { first, second }.Select(page => Assert.Single(page.Contributors).Participant));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal(["Infusion", "Participation"], second.Contributors[0].Sources.Select(source => source.Kind));
    }

    private static string Behind(MadeStudy study, V1.GetTableRequest request, string row) => string.Join(
        "; ",
        study.Contributors(request, row, part: Part.Denominator).Contributors
            .Select(one => $"{one.Participant} {one.Contribution}: {string.Join(' ', one.Sources.Select(source => source.Kind))}"));

    private static QuestionnaireScores Eq5d(Visit visit, string date, int score) => new()
    {
        Instrument = QuestionnaireScores.Types.Instrument.Eq5D5L,
        AssignedVisit = visit,
        CompletionDate = date,
        VasScore = score,
    };
}

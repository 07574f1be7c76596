using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Infused on 1 March 2025, which is day 0 of the schedule; looked at on New Year's Day 2026 unless a test says otherwise.</summary>
public sealed class DataQualityTests
{
    private static readonly V1.GetTableRequest Request = new() { Topic = V1.Topic.DataQuality, Grouping = V1.Grouping.Site };

    [Fact]
    public void Forms_whose_window_has_closed_are_expected_until_death()
    {
        var table = Visits().Table(Request);

        // Eight assessments and five of each questionnaire; of who died on day 40, those up to week 4.
        Assert.Equal("4/11 1/7 1/7 6/25", $"{Things(table, "forms/disease-assessment")} {Things(table, "forms/qlq-c30")} {Things(table, "forms/eq-5d")} {Things(table, "forms/all")}");
        Assert.Equal(24, table.Cell("forms/all").Estimate);
        Assert.False(table.Cell("forms/all").HasLower);
        Assert.Equal("3/4 1/1 1/1 5/6", $"{Things(table, "on-time/disease-assessment")} {Things(table, "on-time/qlq-c30")} {Things(table, "on-time/eq-5d")} {Things(table, "on-time/all")}");
        Assert.Equal("6/25", Things(table, "forms/all", "01"));
        Assert.Equal((1L, "nothing expected"), (table.Columns.Single(column => column.Key == "02").ParticipantCount, table.Cell("forms/all", "02").NotEstimableReason));
    }

    [Fact]
    public void Who_is_behind_a_share_of_forms_tells_what_is_not_there_and_what_is_late()
    {
        var study = Visits();

        Assert.Equal(
            ["Disease assessment: 4 of 8, not there: week 12, week 16, week 20, week 24", "Disease assessment: 0 of 3, not there: baseline, week 2, week 4"],
            study.Contributors(Request, "forms/disease-assessment").Contributors.Select(one => one.Contribution));
        var late = Assert.Single(study.Contributors(Request, "on-time/disease-assessment").Contributors);
        Assert.Equal(("Disease assessment: 3 of 4, outside: week 8 by 2 days", 4), (late.Contribution, late.Sources.Count));
    }

    [Theory]
    // Day 31 in China is the last of week 4's window, day 32 the first after it.
    [InlineData("2025-04-01T00:00:00Z", "", "2/4")]
    [InlineData("2025-04-01T16:00:00Z", "", "3/6")]
    [InlineData(null, "2025-04-01", "2/4")]
    [InlineData(null, "2025-04-02", "3/6")]
    public void A_window_counts_once_it_has_closed_at_the_instant_or_the_cut_off(string? asOf, string cutoff, string expected)
    {
        var request = Request.Clone();
        request.DataCutoffDate = cutoff;
        request.AsOfTime = asOf is null ? null : Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, Things(Visits().Table(request), "forms/disease-assessment"));
    }

    [Fact]
    public void A_withdrawal_from_the_questionnaires_alone_lets_assessments_go_on()
    {
        var table = new MadeStudy()
            .Infused("01-0001", new Participation { ConsentWithdrawalDate = "2025-04-10", WithdrawalScope = Participation.Types.WithdrawalScope.AlsoQolOnly })
            .Table(Request);

        Assert.Equal("0/8 0/2", $"{Things(table, "forms/disease-assessment")} {Things(table, "forms/qlq-c30")}");
    }

    [Fact]
    public void Key_fields_are_counted_and_the_empty_ones_named()
    {
        var study = new MadeStudy().Infused(
            "01-0001",
            new Participation { Sex = Participation.Types.Sex.Female, HeightCm = 160, Ecog = 0 },
            new DiseaseAssessment
            {
                Visit = Visit.Week4,
                ResponseDate = "2025-03-29",
                InvestigatorResponse = Response.Partial,
                SerumImmunofixation = DiseaseAssessment.Types.Immunofixation.Negative,
                UrineImmunofixation = DiseaseAssessment.Types.Immunofixation.Positive,
                UrineMProteinMgPer24H = 0,
                KappaMgPerL = 10,
            },
            new QlqC30 { Visit = Visit.Week4, CompletionDate = "2025-03-29", Answers = { new ItemAnswer { Item = 1, Score = 1 } } },
            new Eq5d5l { Visit = Visit.Week4, CompletionDate = "2025-03-29", VasScore = 0 },
            new Eq5d5l { Visit = Visit.Week8, CompletionDate = "2025-04-26", NotDoneReason = MissingReason.NotDone });
        var table = study.Table(Request);

        // A negative immunofixation needs no quantity: five tests of the response, thirteen of the blood, and the response itself.
        Assert.Equal("3/5 5/19 1/6", $"{Things(table, "fields/participation")} {Things(table, "fields/disease-assessment")} {Things(table, "fields/infusion")}");
        Assert.Equal("1/30 1/6 11/66", $"{Things(table, "fields/qlq-c30")} {Things(table, "fields/eq-5d")} {Things(table, "fields/all")}");
        Assert.Equal("nothing expected", table.Cell("fields/death").NotEstimableReason);
        Assert.Equal("Participation: without birth_year_month, body_mass_kg", Assert.Single(study.Contributors(Request, "fields/participation").Contributors).Contribution);
    }

    [Fact]
    public void Lag_is_from_what_happened_to_the_first_save_of_prospective_records()
    {
        var table = new MadeStudy()
            .Infused("01-0001", new DiseaseAssessment { ResponseDate = "2025-03-29" }, new AdverseEvent { OnsetDate = "2025-03-05" }, new AdverseEvent { OnsetDate = "2025-03" })
            .SavedFirst("2025-04-02")
            .Infused("02-0001", new DiseaseAssessment { ResponseDate = "2025-03-29" })
            .Table(Request);

        var all = table.Cell("lag/all").Summary;
        Assert.Equal((3L, 4.0, 28.0, 32.0), (all.Count, all.Minimum, all.Median, all.Maximum));
        Assert.Equal(28, table.Cell("lag/adverse-event").Summary.Median);
        Assert.Equal("no values", table.Cell("lag/all", "02").NotEstimableReason);
    }

    [Fact]
    public void Queries_are_counted_by_state_and_source_with_their_age_since_they_were_opened_last()
    {
        var study = new MadeStudy()
            .Infused(
                "01-0001",
                Query(DataQuery.Types.State.Open, DataQuery.Types.Source.Check, "2025-12-22"),
                Query(DataQuery.Types.State.Open, DataQuery.Types.Source.Monitor, "2025-06-01", reopened: "2025-12-30"),
                Query(DataQuery.Types.State.Answered, DataQuery.Types.Source.CrossCheck, "2025-12-12"))
            .Infused("02-0001", Query(DataQuery.Types.State.Closed, DataQuery.Types.Source.Check, "2025-05-01"))
            .With("02-0002", Query(DataQuery.Types.State.Closed, DataQuery.Types.Source.Check, "2025-05-01"));
        var table = study.Table(Request);

        Assert.Equal(
            "2 1 0 1, 1 1, 1 1",
            $"{Counted("open")} {Counted("open/check")} {Counted("open/cross-check")} {Counted("open/monitor")}, {Counted("answered")} {Counted("answered/cross-check")}, {Counted("closed")} {Counted("closed/check")}");
        // Whoever has nothing but questions about what was retracted takes no part.
        Assert.Equal("1/2", table.Share("queries/participants"));
        var age = table.Cell("query-age/open").Summary;
        Assert.Equal((2L, 2.0, 6.0, 10.0), (age.Count, age.Minimum, age.Median, age.Maximum));
        Assert.Equal((10.0, 20.0), (table.Cell("query-age/open/check").Summary.Median, table.Cell("query-age/answered/cross-check").Summary.Median));
        Assert.Equal("no values", table.Cell("query-age/open", "02").NotEstimableReason);
        Assert.Equal("E05 participation height_cm, opened 2025-12-22, 10 days", Assert.Single(study.Contributors(Request, "query-age/open/check").Contributors).Contribution);

        long Counted(string key) => table.Cell($"queries/{key}").EventCount;
    }

    [Fact]
    public void Without_participants_nothing_is_estimable_and_the_reason_is_told()
    {
        var table = new MadeStudy().Table(V1.Topic.DataQuality);

        Assert.All(
            table.Rows.Where(row => row.Measure is not (V1.Table.Types.Measure.Unspecified or V1.Table.Types.Measure.Count)),
            row => Assert.NotEmpty(row.Cells.Single().NotEstimableReason));
    }

    private static MadeStudy Visits() => new MadeStudy()
        .Infused(
            "01-0001",
            new DiseaseAssessment { Visit = Visit.Baseline, ResponseDate = "2025-02-19" },
            new DiseaseAssessment { Visit = Visit.Week2, ResponseDate = "2025-03-15" },
            new DiseaseAssessment { Visit = Visit.Unscheduled, ResponseDate = "2025-03-29" },
            new DiseaseAssessment { Visit = Visit.Week8, ResponseDate = "2025-05-05" },
            new QlqC30 { Visit = Visit.Week4, CompletionDate = "2025-03-29" },
            new QlqC30 { Visit = Visit.Week8, CompletionDate = "2025-04-26", NotDoneReason = MissingReason.Refused },
            new Eq5d3l { Visit = Visit.Week4, CompletionDate = "2025-03-29" })
        .Infused("01-0002", new Death { DeathDate = "2025-04-10" })
        .With("02-0001", new Participation());

    private static DataQuery Query(DataQuery.Types.State state, DataQuery.Types.Source source, string opened, string? reopened = null) => new()
    {
        Code = "E05",
        SubjectKind = "participation",
        Field = "height_cm",
        State = state,
        Source = source,
        OpenTime = Instant(opened),
        ReopenTime = reopened is null ? null : Instant(reopened),
    };

    private static Timestamp Instant(string date) =>
        Timestamp.FromDateTime(DateOnly.ParseExact(date, "yyyy-MM-dd").ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    private static string Things(V1.Table table, string row, string column = "") =>
        $"{table.Cell(row, column).EventCount}/{table.Cell(row, column).EventDenominator}";
}

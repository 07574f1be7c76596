using Equecel.Assessment.V1;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Infused on 1 March 2025; 29 March is 28 days later.</summary>
public sealed class CytopeniaTests
{
    private const string First = "neutrophils/day-0-28";
    private const string Second = "neutrophils/day-29-56";

    [Fact]
    public void The_worst_grade_of_a_time_is_told_by_the_grade_at_baseline()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Counted("2025-02-20", 3.0), Counted("2025-03-08", 0.4), Counted("2025-03-15", 0.9), Counted("2025-04-10", 1.2))
            .Infused("01-0002", Counted("2025-02-20", 1.2), Counted("2025-03-08", 0.3))
            .Infused("01-0003", Counted("2025-03-08", 2.5))
            .Infused("01-0004", Counted("2025-02-20", 2.5))
            .Table(V1.Topic.Cytopenia);

        Assert.Equal("3/4 1/4 0/4 0/4 2/4", Shares(table, First, "measured grade-0-1 grade-2 grade-3 grade-4"));
        Assert.Equal("1/4 1/4 1/4", Shares(table, First, "grade-4/from-grade-0-1 grade-4/from-grade-2 grade-0-1/from-not-known"));
        Assert.Equal("1/4 0/4 1/4 1/4", Shares(table, Second, "measured grade-0-1 grade-2 grade-2/from-grade-0-1"));
        Assert.Equal("0/4", Shares(table, "neutrophils/day-57-84", "measured"));
    }

    [Theory]
    [InlineData("2025-03-01", "")]
    [InlineData("2025-03-02", "0-28")]
    [InlineData("2025-03-29", "0-28")]
    [InlineData("2025-03-30", "29-56")]
    [InlineData("2025-04-26", "29-56")]
    [InlineData("2025-04-27", "57-84")]
    [InlineData("2025-08-16", "141-168")]
    [InlineData("2025-08-17", "")]
    public void A_value_counts_in_the_days_of_its_sample(string date, string days)
    {
        var table = new MadeStudy().Infused("01-0001", Counted(date, 0.4)).Table(V1.Topic.Cytopenia);

        var measured = table.Rows.Where(row => row.Key.EndsWith("/measured", StringComparison.Ordinal) && row.Cells[0].ParticipantCount == 1).Select(row => row.Key);
        Assert.Equal(days.Length == 0 ? "" : $"neutrophils/day-{days}/measured", string.Join(' ', measured));
    }

    [Fact]
    public void Baseline_is_the_last_value_up_to_the_day_of_infusion_by_the_date_of_the_blood()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Counted("2025-02-28", 0.9), Counted("2025-03-01", 1.2), new DiseaseAssessment { ResponseDate = "2025-04-20", BloodDate = "2025-03-20", NeutrophilsE9PerL = 0.4 })
            .Table(V1.Topic.Cytopenia);

        Assert.Equal("1/1", Shares(table, First, "grade-4/from-grade-2"));
        Assert.Equal("0/1", Shares(table, Second, "measured"));
    }

    [Fact]
    public void What_came_after_the_cut_off_is_not_used()
    {
        var study = new MadeStudy().Infused("01-0001", Counted("2025-03-08", 0.9), Counted("2025-03-20", 0.4));

        Assert.Equal("1/1 0/1", Shares(study.Table(new V1.GetTableRequest { Topic = V1.Topic.Cytopenia, DataCutoffDate = "2025-03-19" }), First, "grade-3 grade-4"));
        Assert.Equal("1/1 0/1", Shares(study.Table(new V1.GetTableRequest { Topic = V1.Topic.Cytopenia, DataCutoffDate = "2025-03-20" }), First, "grade-4 grade-3"));
    }

    [Fact]
    public void Every_count_has_its_rows_and_haemoglobin_none_of_grade_4()
    {
        var form = new DiseaseAssessment { ResponseDate = "2025-03-08", HaemoglobinGPerL = 70, LymphocytesE9PerL = 0.1, PlateletsE9PerL = 60 };
        var table = new MadeStudy().Infused("01-0001", form).Table(V1.Topic.Cytopenia);

        Assert.Equal(
            "1/1 1/1 1/1 0/1",
            $"{table.Share("haemoglobin/day-0-28/grade-3")} {table.Share("lymphocytes/day-0-28/grade-4")} {table.Share("platelets/day-0-28/grade-2")} {table.Share($"{First}/measured")}");
        Assert.DoesNotContain(table.Rows, row => row.Key.StartsWith("haemoglobin", StringComparison.Ordinal) && row.Key.Contains("grade-4", StringComparison.Ordinal));
        Assert.Contains("CTCAE 5.0", table.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Grades_at_baseline_stand_below_the_worst_grade_in_their_order()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Counted("2025-03-08", 0.3))
            .Infused("01-0002", Counted("2025-02-20", 0.9), Counted("2025-03-08", 0.3))
            .Infused("01-0003", Counted("2025-02-20", 4.0), Counted("2025-03-08", 0.3))
            .Table(V1.Topic.Cytopenia);

        Assert.Equal(
            [
                First, $"{First}/measured", $"{First}/grade-0-1", $"{First}/grade-2", $"{First}/grade-3", $"{First}/grade-4",
                $"{First}/grade-4/from-grade-0-1", $"{First}/grade-4/from-grade-3", $"{First}/grade-4/from-not-known", Second,
            ],
            table.Rows.Select(row => row.Key).SkipWhile(key => key != First).Take(10));
    }

    [Fact]
    public void Who_is_behind_a_shift_is_told_with_both_values()
    {
        var study = new MadeStudy().Infused("01-0001", Counted("2025-02-28", 3.25), Counted("2025-03-08", 0.4));

        var behind = study.Contributors(new V1.GetTableRequest { Topic = V1.Topic.Cytopenia }, $"{First}/grade-4/from-grade-0-1").Contributors.Single();

        Assert.Equal("0.4 on day 8, grade 4; baseline 3.25 on day -1, grade 0–1", behind.Contribution);
        Assert.Equal(2, behind.Sources.Count);
    }

    private static string Shares(V1.Table table, string time, string rows) => string.Join(' ', rows.Split(' ').Select(row => table.Share($"{time}/{row}")));

    private static DiseaseAssessment Counted(string date, double neutrophils) => new() { ResponseDate = date, NeutrophilsE9PerL = neutrophils };
}

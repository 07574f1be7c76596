using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Infused on 1 March 2025; 29 March is 28 days later, 16 August 168 days.</summary>
public sealed class AdverseEventWindowTests
{
    [Theory]
    [InlineData(0, 168, 3)]
    [InlineData(28, 28, 1)]
    [InlineData(29, 29, 2)]
    [InlineData(169, 169, 4)]
    public void The_window_is_168_days_unless_another_is_asked_for(int asked, int days, long expected)
    {
        var study = new MadeStudy().Infused("01-0001", Event("2025-02-28"), Event("2025-03-29"), Event("2025-03-30"), Event("2025-08-16"), Event("2025-08-17"));
        foreach (var (topic, row) in new[] { (V1.Topic.AdverseEvents, "any"), (V1.Topic.AdverseEventsByTerm, "term/fever") })
        {
            var table = study.Table(new V1.GetTableRequest { Topic = topic, AdverseEventWindowDays = asked });

            Assert.Equal(expected, table.Cell(row).EventCount);
            Assert.Contains($"from infusion to infusion + {days} days", table.Method, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2025", 0, "0/1 1/1")]
    [InlineData("", 0, "0/1 1/1")]
    [InlineData("2024", 0, "0/1 0/1")]
    [InlineData("2026", 0, "0/1 0/1")]
    [InlineData("2026", 306, "0/1 1/1")]
    [InlineData("2026", 305, "0/1 0/1")]
    [InlineData("2025-03", 0, "1/1 0/1")]
    public void An_onset_that_is_not_known_to_the_month_is_told_apart_where_it_may_be_in_the_window(string onset, int window, string anyAndNotKnown)
    {
        var request = new V1.GetTableRequest { Topic = V1.Topic.AdverseEvents, AdverseEventWindowDays = window };
        var table = new MadeStudy().Infused("01-0001", Event(onset)).Table(request);

        Assert.Equal(anyAndNotKnown, $"{table.Share("any")} {table.Share("onset-not-known")}");
    }

    [Fact]
    public void An_onset_in_a_year_after_the_cut_off_is_not_known_yet()
    {
        var request = new V1.GetTableRequest { Topic = V1.Topic.AdverseEvents, AdverseEventWindowDays = 365, DataCutoffDate = "2025-12-31" };

        Assert.Equal("0/1", new MadeStudy().Infused("01-0001", Event("2026")).Table(request).Share("onset-not-known"));
    }

    private static AdverseEvent Event(string onset) => new() { Term = "Fever", OnsetDate = onset, Grade = 2 };
}

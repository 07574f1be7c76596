using System.Globalization;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>
/// Infused on 1 March 2025. The first participant is under observation for 30 days, with events on days 10 and 20; the second for 169 days, without
/// events; the third until the day of an event, day 5. To the first event that is 10 + 169 + 5 days, in all 30 + 169 + 5.
/// </summary>
public sealed class EventRatesTests
{
    private readonly MadeStudy study = new MadeStudy()
        .Infused("01-0001", Alive("2025-03-30"), Event("2025-03-20", 2), Event("2025-03-10", 1))
        .Infused("01-0002", Alive("2025-12-31"))
        .Infused("02-0003", Event("2025-03-05", 3, serious: true));

    [Theory]
    // R: 100 * k / T and 100 * qgamma(c(0.025, 0.975), k + 0:1) / T, with T = days / 30.4375.
    [InlineData("any/participant-rate", 2, 184, 33.08423913, 4.00665485, 119.51164722)]
    [InlineData("any/event-rate", 3, 204, 44.76102941, 9.23080036, 130.81072258)]
    [InlineData("grade-3/participant-rate", 1, 204, 14.92034314, 0.37775038, 83.13083123)]
    [InlineData("serious/event-rate", 1, 204, 14.92034314, 0.37775038, 83.13083123)]
    [InlineData("related/participant-rate", 0, 204, 0, 0, 55.03934725)]
    [InlineData("infection/event-rate", 0, 204, 0, 0, 55.03934725)]
    public void Participants_count_up_to_their_first_event_and_events_over_all_time(string row, long events, double days, double rate, double lower, double upper)
    {
        var cell = Table(V1.Topic.AdverseEvents).Cell(row);

        Assert.Equal((events, days), (cell.EventCount, cell.ExposureDays));
        Assert.Equal((rate, lower, upper), (Math.Round(cell.Estimate, 8), Math.Round(cell.Lower, 8), Math.Round(cell.Upper, 8)));
    }

    [Theory]
    [InlineData(V1.Topic.AdverseEvents, "any")]
    [InlineData(V1.Topic.AdverseEventsByTerm, "term/fever")]
    [InlineData(V1.Topic.AdverseEventsByClass, "any")]
    [InlineData(V1.Topic.AdverseEventsByClass, "not-coded")]
    [InlineData(V1.Topic.AdverseEventsByClass, "not-coded/term/fever")]
    public void The_time_of_who_came_before_a_row_was_known_is_in_its_rates(V1.Topic topic, string row)
    {
        // Those without events first, so that nothing says yet which terms there will be.
        study.Dossiers.Reverse(0, 2);
        var table = Table(topic);

        Assert.Equal("2 in 184, 3 in 204", $"{InWords(table, $"{row}/participant-rate")}, {InWords(table, $"{row}/event-rate")}");
        Assert.Equal("1 in 179, 2 in 199; 1 in 5, 1 in 5", string.Join("; ", ((string[])["PROSPECTIVE", "RETROSPECTIVE"]).Select(column =>
            $"{InWords(table, $"{row}/participant-rate", column)}, {InWords(table, $"{row}/event-rate", column)}")));
    }

    [Fact]
    public void The_time_under_observation_is_told_and_comes_first()
    {
        foreach (var topic in new[] { V1.Topic.AdverseEvents, V1.Topic.AdverseEventsByTerm, V1.Topic.AdverseEventsByClass })
        {
            var table = Table(topic);

            Assert.Equal("exposure", table.Rows[0].Key);
            var summary = table.Rows[0].Cells[0].Summary;
            Assert.Equal((5, 30, 169), (summary.Minimum, summary.Median, summary.Maximum));
            Assert.Contains("rates per 100 person-months of 30.4375 days, exact Poisson", table.Method, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", 28, "2 in 44, 3 in 63")]
    [InlineData("2025-03-15", 0, "2 in 30, 2 in 35")]
    [InlineData("2025-03-04", 0, "0 in 12, 0 in 12")]
    public void Window_and_cut_off_end_the_time(string cutoff, int window, string expected)
    {
        var table = study.Table(new V1.GetTableRequest { Topic = V1.Topic.AdverseEvents, ExposureAdjustedRates = true, DataCutoffDate = cutoff, AdverseEventWindowDays = window });

        Assert.Equal(expected, $"{InWords(table, "any/participant-rate")}, {InWords(table, "any/event-rate")}");
    }

    [Fact]
    public void Death_ends_the_time()
    {
        study.Infused("01-0004", Alive("2025-03-20"), new Death { DeathDate = "2025-03-31" });

        Assert.Equal("2 in 215", InWords(Table(V1.Topic.AdverseEvents), "any/participant-rate"));
    }

    [Fact]
    public void Who_is_behind_a_rate_is_told_with_the_first_event_or_all()
    {
        var request = new V1.GetTableRequest { Topic = V1.Topic.AdverseEventsByTerm, ExposureAdjustedRates = true };

        Assert.Equal("Fever, grade 1, day 10", study.Contributors(request, "term/fever/participant-rate").Contributors[0].Contribution);
        Assert.Equal("Fever, grade 1, day 10; Fever, grade 2, day 20", study.Contributors(request, "term/fever/event-rate").Contributors[0].Contribution);
    }

    [Theory]
    [InlineData("term/fever/participant-rate", "01-0001 10 days at risk: AdverseEvent Infusion FollowUp; 01-0002 169 days at risk: Infusion FollowUp; 02-0003 5 days at risk: AdverseEvent Infusion")]
    [InlineData("term/fever/event-rate", "01-0001 30 days at risk: Infusion FollowUp; 01-0002 169 days at risk: Infusion FollowUp; 02-0003 5 days at risk: Infusion AdverseEvent")]
    public void Who_adds_time_to_a_rate_is_told_with_the_days_and_the_records(string row, string expected)
    {
        var request = new V1.GetTableRequest { Topic = V1.Topic.AdverseEventsByTerm, ExposureAdjustedRates = true };

        Assert.Equal(expected, Behind(study.Contributors(request, row, part: V1.TableCell.Types.Part.Denominator)));
    }

    [Fact]
    public void The_time_under_observation_names_the_records_that_end_it()
    {
        study.Infused("02-0004", new Death { DeathDate = "2025-03-31" });
        var request = new V1.GetTableRequest { Topic = V1.Topic.AdverseEvents, ExposureAdjustedRates = true, Grouping = V1.Grouping.Provenance };

        Assert.Equal(
            "02-0003 5 days at risk: Infusion AdverseEvent; 02-0004 31 days at risk: Infusion Death", Behind(study.Contributors(request, "exposure", "RETROSPECTIVE")));
    }

    [Fact]
    public void Nobody_under_observation_has_no_rate()
    {
        var cell = new MadeStudy().Table(new V1.GetTableRequest { Topic = V1.Topic.AdverseEvents, ExposureAdjustedRates = true }).Cell("any/event-rate");

        Assert.Equal((false, "no time under observation"), (cell.HasEstimate, cell.NotEstimableReason));
    }

    [Fact]
    public void Rates_that_are_not_asked_for_are_not_there()
    {
        foreach (var topic in new[] { V1.Topic.AdverseEvents, V1.Topic.AdverseEventsByTerm, V1.Topic.AdverseEventsByClass })
        {
            var table = study.Table(topic);

            Assert.DoesNotContain(table.Rows, row => row.Measure == V1.Table.Types.Measure.Rate || row.Key == "exposure");
            Assert.DoesNotContain("rates", table.Method, StringComparison.Ordinal);
        }
    }

    private static string Behind(V1.ListContributorsResponse page) => string.Join(
        "; ", page.Contributors.Select(one => $"{one.Participant} {one.Contribution}: {string.Join(' ', one.Sources.Select(source => source.Kind))}"));

    private V1.Table Table(V1.Topic topic) =>
        study.Table(new V1.GetTableRequest { Topic = topic, ExposureAdjustedRates = true, Grouping = V1.Grouping.Provenance });

    private static string InWords(V1.Table table, string row, string column = "") =>
        table.Cell(row, column) is var cell ? string.Create(CultureInfo.InvariantCulture, $"{cell.EventCount} in {cell.ExposureDays}") : "";

    private static FollowUp Alive(string date) => new() { LastKnownAliveDate = date };

    private static AdverseEvent Event(string onset, int grade, bool serious = false) => new() { Term = "Fever", OnsetDate = onset, Grade = grade, Serious = serious };
}

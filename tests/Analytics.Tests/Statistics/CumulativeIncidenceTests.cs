using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class CumulativeIncidenceTests
{
    [Fact]
    public void Incidence_adds_up_the_events_of_those_who_are_left()
    {
        // By hand: 1/4 on day 2; 3/4 are left, then 3/4 * 2/3 after the competing event, of whom half have the event on day 5.
        var curve = CumulativeIncidence.Estimate(Competitors.Of("2 3x 5 8+"));

        Assert.Equal(0.25 + (0.5 / 2), curve.At(5).Incidence!.Value, precision: 15);
        Assert.Equal((2, 2, 1), (curve.At(5).AtRisk, curve.At(5).EventCount, curve.At(5).CompetingEventCount));
    }

    [Fact]
    public void Both_incidences_and_the_share_free_of_both_make_up_everybody()
    {
        var table = Competitors.Of("2 3x 3 3+ 5 6x 6x 8+ 9 12x 15+");
        var (one, other) = (CumulativeIncidence.Estimate(table), CumulativeIncidence.Estimate(table.Exchanged()));

        Assert.All(one.Rows.Zip(other.Rows), rows => Assert.Equal(1, rows.First.Incidence + rows.Second.Incidence + rows.First.EventFree, precision: 14));
    }

    [Fact]
    public void Without_competing_events_it_is_one_less_Kaplan_Meier_with_Greenwoods_error()
    {
        var incidence = CumulativeIncidence.Estimate(Competitors.Of("2 3 3+ 5 6+ 9 12+"));
        var survival = KaplanMeier.Estimate(Groups.Of("2 3 3+ 5 6+ 9 12+"));

        Assert.All(incidence.Rows.Zip(survival.Rows), rows =>
        {
            Assert.Equal(1 - rows.Second.Survival, rows.First.Incidence, precision: 14);
            Assert.Equal(rows.Second.StandardError!.Value, rows.First.StandardError, precision: 14);
        });
    }

    [Fact]
    public void Certain_event_has_no_limits()
    {
        var row = CumulativeIncidence.Estimate(Competitors.Of("1 2 3 4 5 6 7")).Rows[^1];

        Assert.Equal((1, null, null), (row.Incidence, row.Lower, row.Upper));
    }

    [Fact]
    public void Without_subjects_nothing_is_estimable()
    {
        var curve = CumulativeIncidence.Estimate(Competitors.Of(""));

        Assert.Empty(curve.Rows);
        Assert.Equal(new IncidenceAt { Time = 6 }, curve.At(6));
        Assert.Equal(NotEstimable.NoSubjects, curve.At(6).Reason);
    }

    [Fact]
    public void Incidence_starts_at_nothing_and_ends_with_the_follow_up()
    {
        var curve = CumulativeIncidence.Estimate(Competitors.Of("4 5x 9+"));

        Assert.Equal(new IncidenceAt(3, 3, 0, 0, false, 0, 0, null, null), curve.At(3));
        Assert.Equal(new IncidenceAt(10, 0, 1, 1, true, null, null, null, null), curve.At(10));
        Assert.NotNull(CumulativeIncidence.Estimate(Competitors.Of("4 5x")).At(10).Incidence);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var curve = CumulativeIncidence.Estimate(Competitors.Of("4 9+"));

        Assert.Throws<ArgumentOutOfRangeException>(() => curve.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.At(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => CumulativeIncidence.Estimate(Competitors.Of("4 9+"), level: 1));
        Assert.Throws<ArgumentException>(() => CompetingTable.FromDays([1, 2], [CompetingOutcome.Event]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CompetingTable.FromDays([-1], [CompetingOutcome.Event]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CompetingTable.FromDays([DayCounts.MaxDay + 1], [CompetingOutcome.Event]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CompetingTable.FromDays([1], [(CompetingOutcome)3]));
    }

    [Fact]
    public void Any_event_ends_the_time_without_events() =>
        Assert.Equal(Groups.Of("2 3 3+ 5 8+").Rows, Competitors.Of("2 3x 3+ 5 8+").AnyEvent().Rows);
}

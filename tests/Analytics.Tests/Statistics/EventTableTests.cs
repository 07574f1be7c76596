using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class EventTableTests
{
    [Fact]
    public void Rows_are_the_distinct_days_and_those_censored_on_a_day_are_at_risk_on_it() =>
        Assert.Equal(
            [new EventRow(0, 6, 0, 1), new EventRow(3, 5, 2, 1), new EventRow(7, 2, 1, 0), new EventRow(9, 1, 0, 1)],
            Groups.Of("3 7 3+ 9+ 0+ 3").Rows);

    [Fact]
    public void Nobody_gives_a_table_without_rows()
    {
        Assert.Empty(EventTable.FromDays([], []).Rows);
        Assert.Empty(EventTable.FromTimes([], []).Rows);
        Assert.Equal(0, EventTable.FromDays([], []).SubjectCount);
    }

    [Fact]
    public void Days_may_be_as_far_apart_as_the_calendar_is_long() =>
        Assert.Equal([new EventRow(DayCounts.MaxDay, 1, 1, 0)], EventTable.FromDays([DayCounts.MaxDay], [true]).Rows);

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(DayCounts.MaxDay + 1)]
    [InlineData(int.MaxValue)]
    public void Day_outside_the_calendar_is_refused_by_name(int day)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => EventTable.FromDays([3, day], [true, false]));
        Assert.Equal(("day", day), (error.ParamName, error.ActualValue));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Time_that_is_no_number_from_zero_up_is_refused_by_name(double time)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => EventTable.FromTimes([3, time], [true, false]));
        Assert.Equal(("times", time), (error.ParamName, error.ActualValue));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(double.NaN)]
    public void Entry_that_is_not_before_its_time_is_refused_by_name(double entry)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => EventTable.FromTimes([3], [true], [entry]));
        Assert.Equal(("entries", entry), (error.ParamName, error.ActualValue));
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EventTable.FromDays([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => EventTable.FromTimes([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => EventTable.FromTimes([1, 2], [true, true], [0]));
    }

    [Fact]
    public void Times_apart_by_rounding_alone_are_one_time() =>
        Assert.Equal(
            [new EventRow(0.3, 3, 1, 1), new EventRow(0.4, 1, 1, 0)],
            EventTable.FromTimes([0.1 + 0.2, 0.3, 0.4], [true, false, true]).Rows);

    [Fact]
    public void Subjects_are_at_risk_only_after_their_entry()
    {
        var table = EventTable.FromTimes([4, 6, 9], [true, true, false], [0, 4, 5]);

        Assert.Equal([new EventRow(4, 1, 1, 0), new EventRow(6, 2, 1, 0), new EventRow(9, 1, 0, 1)], table.Rows);
        Assert.Equal([0, 1, 1, 2, 0], new double[] { 0, 1, 5, 5.5, 10 }.Select(table.AtRisk));
    }

    [Fact]
    public void Reversing_exchanges_events_and_censorings() =>
        Assert.Equal(Groups.Of("3+ 7+ 3 9 0 3+").Rows, Groups.Of("3 7 3+ 9+ 0+ 3").Reversed().Rows);
}

using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class LogRankTests
{
    [Fact]
    public void Statistic_is_squared_difference_over_variance()
    {
        // By hand. Day 2: 1 event of 4, 2 of them in each group. Day 5: 1 event of 2, 1 in each group.
        var test = LogRank.Test(Groups.Of("2 5"), Groups.Of("3+ 7+"));

        Assert.Equal([new LogRankGroup(2, 2, 1), new LogRankGroup(2, 0, 1)], test.Groups);
        Assert.Equal(1, test.DegreesOfFreedom);
        Assert.Equal(1 / (0.25 + 0.25), test.ChiSquare!.Value, precision: 14);
        Assert.Null(test.Reason);
    }

    [Fact]
    public void Group_gone_before_the_first_event_is_left_out()
    {
        var test = LogRank.Test(Groups.Of("2 5"), Groups.Of("1+ 1+"), Groups.Of("3+ 7+"));

        Assert.Equal((1, LogRank.Test(Groups.Of("2 5"), Groups.Of("3+ 7+")).ChiSquare), (test.DegreesOfFreedom, test.ChiSquare));
        Assert.Equal(new LogRankGroup(2, 0, 0), test.Groups[1]);
    }

    [Theory]
    [InlineData()]
    [InlineData("2 5+")]
    [InlineData("2+ 5+", "3+")]
    [InlineData("2 5+", "")]
    public void Nothing_to_compare_gives_no_statistic(params string[] groups)
    {
        var test = LogRank.Test([.. groups.Select(Groups.Of)]);

        Assert.Equal((0, null, null), (test.DegreesOfFreedom, test.ChiSquare, test.PValue));
        Assert.Equal(NotEstimable.NothingToCompare, test.Reason);
        Assert.Equal(groups.Length, test.Groups.Count);
    }

    [Fact]
    public void Difference_without_variance_gives_no_statistic()
    {
        var test = LogRank.Test(Groups.Of("4 4"), Groups.Of("4"));

        Assert.Equal((1, null, null), (test.DegreesOfFreedom, test.ChiSquare, test.PValue));
        Assert.Equal(NotEstimable.NoVariation, test.Reason);
    }

    [Fact]
    public void Equal_groups_do_not_differ()
    {
        var test = LogRank.Test(Groups.Of("2 5 9+"), Groups.Of("2 5 9+"), Groups.Of("2 5 9+"));

        Assert.Equal(2, test.DegreesOfFreedom);
        Assert.Equal(0, test.ChiSquare!.Value, precision: 14);
        Assert.Equal(1, test.PValue!.Value, precision: 14);
    }

    [Fact]
    public void Delayed_entry_is_refused() =>
        Assert.Throws<ArgumentException>(() => LogRank.Test(EventTable.FromTimes([4], [true], [1]), Groups.Of("2")));
}

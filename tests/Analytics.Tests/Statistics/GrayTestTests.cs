using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class GrayTestTests
{
    [Fact]
    public void Order_of_the_groups_does_not_matter()
    {
        CompetingTable[] groups = [Competitors.Of("2 3x 5 8+ 9 9x"), Competitors.Of("1x 4 4 7+ 12"), Competitors.Of("2 6 6x 10 15+")];
        var test = GrayTest.Test(groups).Value!.Value;

        Assert.Equal(2, test.DegreesOfFreedom);
        Assert.Equal(test.ChiSquare, GrayTest.Test(groups[2], groups[0], groups[1]).Value!.Value.ChiSquare, tolerance: 1e-10);
    }

    [Fact]
    public void Equal_groups_do_not_differ()
    {
        var test = GrayTest.Test(Competitors.Of("2 3x 5 8+"), Competitors.Of("2 3x 5 8+")).Value!.Value;

        Assert.Equal(0, test.ChiSquare, tolerance: 1e-12);
        Assert.Equal(1, test.PValue, tolerance: 1e-6);
    }

    [Theory]
    [InlineData(nameof(NotEstimable.NothingToCompare))]
    [InlineData(nameof(NotEstimable.NothingToCompare), "2 3x")]
    [InlineData(nameof(NotEstimable.NothingToCompare), "2 3x", "")]
    [InlineData(nameof(NotEstimable.NoVariation), "2+ 3x", "4x 5+")]
    public void Nothing_to_compare_gives_no_statistic(string reason, params string[] groups) =>
        Assert.Equal(reason, GrayTest.Test([.. groups.Select(Competitors.Of)]).Reason.ToString());
}

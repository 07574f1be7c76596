using Equecel.Analytics.V1;
using Equecel.Cli.Demo;

namespace Equecel.Cli.Tests.Demo;

public sealed class ComparisonTests
{
    private readonly ExpectedSurvival expected = Archive.Read(Archive.StandardFolder).Expected;

    [Fact]
    public void An_answer_equal_to_R_is_equal_in_every_figure()
    {
        var figures = Comparison.Compare(ExpectedCurve.Of(expected), expected);

        Assert.Equal((3 * (3 + 12 + 9 + 1)) + 3 + 4, figures.Count);
        Assert.All(figures, figure => Assert.True(figure.IsEqual, figure.ToString()));
        Assert.Contains(figures, figure => figure is { Name: "all: median", Expected: 1004 });
        Assert.Contains(figures, figure => figure.Name == "log-rank: chi-square" && Math.Abs(figure.Expected!.Value - 62.444384400) < 1e-8);
    }

    [Fact]
    public void An_empty_answer_is_equal_in_nothing() =>
        Assert.All(Comparison.Compare(new SurvivalCurve(), expected), figure => Assert.False(figure.IsEqual, figure.ToString()));

    [Theory]
    [InlineData(1e-10, true)]
    [InlineData(2e-9, false)]
    public void An_estimate_may_differ_by_a_billionth(double difference, bool equal)
    {
        var curve = ExpectedCurve.Of(expected);
        curve.Strata[0].Rates[0].Survival += difference;

        Assert.Equal(equal, Comparison.Compare(curve, expected).All(figure => figure.IsEqual));
    }

    [Fact]
    public void A_count_must_be_exact()
    {
        var curve = ExpectedCurve.Of(expected);
        curve.Strata[1].EventCount++;

        Assert.Equal("site 01: deaths", Assert.Single(Comparison.Compare(curve, expected), figure => !figure.IsEqual).Name);
    }

    [Theory]
    [InlineData(1 + 5e-8, true)]
    [InlineData(1 + 2e-7, false)]
    public void A_p_value_is_compared_by_its_share_however_small(double factor, bool equal)
    {
        var curve = ExpectedCurve.Of(expected);
        curve.LogRank.PValue *= factor;

        Assert.Equal(equal, Comparison.Compare(curve, expected).All(figure => figure.IsEqual));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, 1.0, false)]
    [InlineData(1.0, null, false)]
    public void Not_estimable_must_be_not_estimable(double? ours, double? theirs, bool equal) =>
        Assert.Equal(equal, new ComparedFigure("", ours, theirs, 1e-9).IsEqual);
}

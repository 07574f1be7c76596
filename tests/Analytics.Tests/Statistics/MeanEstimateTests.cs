using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class MeanEstimateTests
{
    [Fact]
    public void Limits_are_those_of_Students_t()
    {
        // By hand: mean 5, and t = 3.182446305284263 for 95 % and 3 degrees of freedom.
        var mean = MeanEstimate.Estimate([3, 4, 5.5, 7.5]).Value!.Value;
        var deviation = Math.Sqrt((4 + 1 + 0.25 + 6.25) / 3);

        Assert.Equal((4, 5.0), (mean.Count, mean.Mean));
        Assert.Equal(deviation, mean.StandardDeviation!.Value, tolerance: 1e-14);
        Assert.Equal(5 - (3.182446305284263 * deviation / 2), mean.Lower!.Value, tolerance: 1e-12);
        Assert.Equal(5 + (3.182446305284263 * deviation / 2), mean.Upper!.Value, tolerance: 1e-12);
        Assert.Null(mean.LimitsReason);
    }

    [Fact]
    public void Large_values_keep_their_spread() =>
        Assert.Equal(1, MeanEstimate.Estimate([1e9 + 1, 1e9 + 2, 1e9 + 3]).Value!.Value.StandardDeviation!.Value, tolerance: 1e-12);

    [Fact]
    public void Single_value_has_a_mean_without_limits()
    {
        var mean = MeanEstimate.Estimate([7]).Value!.Value;

        Assert.Equal(new MeanEstimate(1, 7, null, null, null), mean);
        Assert.Equal(NotEstimable.SingleValue, mean.LimitsReason);
    }

    [Fact]
    public void Without_values_there_is_no_mean() => Assert.Equal(NotEstimable.NoValues, MeanEstimate.Estimate([]).Reason);

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MeanEstimate.Estimate([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanEstimate.Estimate([1, 2], level: 0));
    }
}

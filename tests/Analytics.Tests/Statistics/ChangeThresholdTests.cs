using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class ChangeThresholdTests
{
    private static readonly ChangeThreshold Functioning = new(10, 10);
    private static readonly ChangeThreshold Symptom = new(10, 10, HigherIsBetter: false);

    [Theory]
    [InlineData(10, 1)]
    [InlineData(9.99, 0)]
    [InlineData(0, 0)]
    [InlineData(-9.99, 0)]
    [InlineData(-10, -1)]
    public void Threshold_is_inclusive_and_a_symptom_is_better_when_it_falls(double change, int verdict)
    {
        Assert.Equal(verdict, Functioning.Judge((decimal)change));
        Assert.Equal(-verdict, Symptom.Judge((decimal)change));
    }

    [Fact]
    public void Thirds_reach_the_threshold_that_they_miss_by_rounding()
    {
        var change = (55.0 / 3) - (25.0 / 3);
        Assert.True(change < 10);

        Assert.Equal(1, Functioning.Judge((decimal)change));
    }

    [Fact]
    public void Better_and_worse_may_ask_for_different_changes()
    {
        var threshold = new ChangeThreshold(Better: 0.08m, Worse: 0.10m);

        Assert.Equal([1, 0, -1], new[] { 0.08m, -0.08m, -0.10m }.Select(threshold.Judge));
    }
}

using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class SampleSummaryTests
{
    // By hand: where a quarter of the count is whole, the mean of the value there and the next.
    [Theory]
    [InlineData(new double[] { 4 }, 4, 4, 4)]
    [InlineData(new double[] { 9, 4 }, 4, 6.5, 9)]
    [InlineData(new double[] { 3, 1, 2 }, 1, 2, 3)]
    [InlineData(new double[] { 4, 3, 2, 1 }, 1.5, 2.5, 3.5)]
    [InlineData(new double[] { 5, 1, 2, 4, 3 }, 2, 3, 4)]
    public void Quartiles_are_averaged_where_the_distribution_jumps(double[] values, double first, double median, double third) =>
        Assert.Equal(
            new SampleSummary(values.Length, values.Min(), first, median, third, values.Max()),
            SampleSummary.Of(values).Value);

    [Fact]
    public void Without_values_there_is_nothing() => Assert.Equal(NotEstimable.NoValues, SampleSummary.Of([]).Reason);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_refused(double value) => Assert.Throws<ArgumentException>(() => SampleSummary.Of([1, value]));
}

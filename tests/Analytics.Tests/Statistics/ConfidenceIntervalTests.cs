using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class ConfidenceIntervalTests
{
    // Expected values: the quantile function worked out to 40 digits.
    [Theory]
    [InlineData(0.90, 1.6448536269514727)]
    [InlineData(0.95, 1.9599639845400543)]
    [InlineData(0.99, 2.5758293035489004)]
    public void Z_has_all_digits(double level, double expected) =>
        Assert.Equal(expected, new ConfidenceInterval(level: level).Z, tolerance: 2e-15);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void Level_outside_zero_to_one_is_refused(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceInterval(level: level));

    [Fact]
    public void Unknown_type_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceInterval((IntervalType)9));

    // Expected values: the upper incomplete gamma function worked out to 40 digits.
    [Theory]
    [InlineData(90, 1, 2.3816001643962844e-21)]
    [InlineData(400, 5, 2.9666446590828848e-84)]
    [InlineData(80, 60, 0.043228682151735568)]
    [InlineData(0, 3, 1)]
    public void Chi_square_tail_keeps_its_digits_when_tiny(double value, int degrees, double expected) =>
        Assert.Equal(1, ChiSquare.UpperTail(value, degrees) / expected, tolerance: 1e-12);
}

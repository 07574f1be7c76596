using Equecel.Analytics.Report;

namespace Equecel.Analytics.Tests.Report;

public sealed class NumeralsTests
{
    [Theory]
    [InlineData(0.004, "0")]
    [InlineData(2.5, "2.5")]
    [InlineData(2.345678, "2.35")]
    [InlineData(12.25, "12.3")]
    [InlineData(-12.25, "−12.3")]
    [InlineData(1234.56, "1234.6")]
    public void Numbers_round_half_away_from_zero(double value, string expected) => Assert.Equal(expected, Numerals.Number(value));

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(6.25, "6.3")]
    [InlineData(100, "100.0")]
    public void Percentages_have_one_decimal(double value, string expected) => Assert.Equal(expected, Numerals.Percent(value));
}

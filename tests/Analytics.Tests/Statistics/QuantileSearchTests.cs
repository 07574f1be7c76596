using System.Globalization;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class QuantileSearchTests
{
    // Heights on days 1, 2 and 3, _ where a limit is missing; expected: the rules of R's quantile.survfit, worked out by hand.
    [Theory]
    [InlineData("0.8 0.6 0.4", 3.0, null)]
    [InlineData("0.8 0.5 0.4", 2.5, null)]
    [InlineData("0.8 0.5 0.5", 2.5, 2.0)]
    [InlineData("0.8 0.6 0.6", null, null)]
    [InlineData("0.8 0.5 _", null, null)]
    [InlineData("_ 0.5 _", 2.5, 2.0)]
    [InlineData("1 0.5 1", 2.5, 2.0)]
    [InlineData("0.8 0.3 0.4", 3.0, null)]
    [InlineData("_ _ _", null, null)]
    public void Half_is_found_by_the_rules_for_flat_and_rising_parts(string heights, double? time, double? flatFrom)
    {
        SurvivalRow[] rows =
        [
            .. heights.Split(' ').Select((height, index) => new SurvivalRow { Time = index + 1, Lower = Height(height) }),
        ];

        Assert.Equal((time, flatFrom), QuantileSearch.Find(rows, row => row.Lower, 0.5));
    }

    private static double? Height(string text) => text == "_" ? null : double.Parse(text, CultureInfo.InvariantCulture);
}

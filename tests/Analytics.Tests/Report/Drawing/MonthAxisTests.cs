using Equecel.Analytics.Report.Drawing;

namespace Equecel.Analytics.Tests.Report.Drawing;

public sealed class MonthAxisTests
{
    [Theory]
    [InlineData(0, 14, "0 1 2 3")]
    [InlineData(1, 14, "0 1 2 3")]
    [InlineData(365.25, 14, "0 1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData(365.25, 6, "0 3 6 9 12")]
    [InlineData(366, 14, "0 3 6 9 12 15")]
    [InlineData(700, 14, "0 3 6 9 12 15 18 21 24")]
    [InlineData(5000, 14, "0 12 24 36 48 60 72 84 96 108 120")]
    public void Its_marks_reach_the_last_day_and_are_not_too_many(double lastDay, int most, string expected)
    {
        var axis = MonthAxis.To(lastDay, most);

        Assert.Equal(expected, string.Join(' ', axis.Ticks));
        Assert.All(axis.Ticks, month => Assert.InRange(MonthAxis.Position(month), 0, 48));
    }

    [Theory]
    [InlineData(700, 14, "0 3 6 9 12 15 18 21 24")]
    [InlineData(8446, 14, "0 24 48 72 96 120 144 168 192 216 240 264 288")]
    [InlineData(8446, 6, "0 60 120 180 240 300")]
    public void One_of_lanes_is_as_long_as_they_are(double lastDay, int most, string expected) =>
        Assert.Equal(expected, string.Join(' ', MonthAxis.UpTo(lastDay, most).Ticks));
}

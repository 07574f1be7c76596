using Equecel.Analytics.Report.Drawing;

namespace Equecel.Analytics.Tests.Report.Drawing;

public sealed class CurvePathsTests
{
    private static readonly Plot Plot = new(Left: 10, Top: 0, Width: 100, Height: 100, Days: 100);

    private static readonly CurveLine Line = new(
        "All", "all", Start: 1,
        [new(20, 1, null, null, IsCensored: true), new(50, 0.5, 0.25, 0.75, IsCensored: false), new(80, 0, null, null, IsCensored: false)],
        AtRisk: [], WithBand: true);

    [Fact]
    public void A_curve_is_flat_up_to_each_step() => Assert.Equal("M10 0H30V0H60V50H90V100", CurvePaths.Steps(Line, Plot));

    [Theory]
    [InlineData(10, "M10 0H20V0")]
    [InlineData(60, "M10 0H30V0H60V50H70V50")]
    [InlineData(80, "M10 0H30V0H60V50H90V100")]
    public void What_comes_after_the_end_of_the_axis_is_not_drawn_at_it(double days, string expected) => Assert.Equal(expected, CurvePaths.Steps(Line.Within(days), Plot));

    [Fact]
    public void The_interval_is_drawn_only_where_it_is_estimable() => Assert.Equal("M60 25H90V75H60Z", CurvePaths.Band(Line, Plot));
}

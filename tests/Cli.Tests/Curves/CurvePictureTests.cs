using Equecel.Cli.Curves;

namespace Equecel.Cli.Tests.Curves;

public sealed class CurvePictureTests
{
    [Fact]
    public void A_curve_is_drawn_as_steps_down_to_its_end()
    {
        Assert.Equal(
            [
                "100 % |*****",
                "      |",
                " 50 % |     *****",
                "      |",
                "  0 % |          *",
                "      +-----------",
                "       0   10 days",
                "       * all participants",
            ],
            CurvePicture.Draw([new DrawnCurve("", [(5, 0.5), (10, 0)])], start: 1, width: 11, height: 5));
    }

    [Fact]
    public void An_incidence_is_drawn_as_steps_up_from_nobody() => Assert.Equal(
        [
            "100 % |",
            "      |",
            " 50 % |     ******",
            "      |",
            "  0 % |*****",
            "      +-----------",
            "       0   10 days",
            "       * all participants",
        ],
        CurvePicture.Draw([new DrawnCurve("", [(5, 0.5), (10, 0.5)])], start: 0, width: 11, height: 5));

    [Fact]
    public void Groups_are_drawn_with_a_mark_each_instead_of_all_participants()
    {
        var lines = CurvePicture.Draw([Ending("", 10), Ending("01", 10), Ending("02", 5)], start: 1, width: 20, height: 5);

        Assert.Equal(["       * 01", "       o 02"], lines.TakeLast(2));
        Assert.All(lines, line => Assert.DoesNotContain("x", line, StringComparison.Ordinal));

        static DrawnCurve Ending(string group, double days) => new(group, [(days, 0.5)]);
    }

    [Fact]
    public void Nobody_gives_no_picture() => Assert.Empty(CurvePicture.Draw([new DrawnCurve("", [])], 1, 20, 5));
}

using Equecel.Analytics.V1;
using Equecel.Cli.Survival;

namespace Equecel.Cli.Tests.Survival;

public sealed class SurvivalPictureTests
{
    [Fact]
    public void A_curve_is_drawn_as_steps_down_to_its_end()
    {
        var stratum = new SurvivalStratum
        {
            Points = { new SurvivalPoint { Days = 5, Survival = 0.5 }, new SurvivalPoint { Days = 10, Survival = 0 } },
        };

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
            SurvivalPicture.Draw([stratum], width: 11, height: 5));
    }

    [Fact]
    public void Groups_are_drawn_with_a_mark_each_instead_of_all_participants()
    {
        var lines = SurvivalPicture.Draw([Ending("", 10), Ending("01", 10), Ending("02", 5)], width: 20, height: 5);

        Assert.Equal(["       * 01", "       o 02"], lines.TakeLast(2));
        Assert.All(lines, line => Assert.DoesNotContain("x", line, StringComparison.Ordinal));

        static SurvivalStratum Ending(string group, double days) =>
            new() { Group = group, Points = { new SurvivalPoint { Days = days, Survival = 0.5 } } };
    }

    [Fact]
    public void Nobody_gives_no_picture() => Assert.Empty(SurvivalPicture.Draw([new SurvivalStratum()], 20, 5));
}

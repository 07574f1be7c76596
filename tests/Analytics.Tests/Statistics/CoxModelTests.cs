using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class CoxModelTests
{
    [Fact]
    public void Hazard_ratio_of_four_subjects_solves_the_score_equation()
    {
        // By hand, h the hazard ratio: on day 2 one of {A, A, B, B}, on day 3 one of {A, A, B}, on day 8 one of {A, B}. The
        // likelihood h / (2 + 2h) / (2 + h) / (1 + h) is greatest where h^2 + h = 1.
        var fit = CoxModel.Fit([Groups.Of("3 8"), Groups.Of("2 9+")], [0, 1]).Value!.Value;

        Assert.Equal((Math.Sqrt(5) - 1) / 2, fit.HazardRatio, tolerance: 1e-12);
    }

    [Fact]
    public void Score_test_without_ties_is_the_log_rank_test()
    {
        EventTable[] groups = [Groups.Of("2 5 8+ 11 14"), Groups.Of("3 9+ 12 16 20+")];

        Assert.Equal(LogRank.Test(groups).ChiSquare!.Value, CoxModel.Fit(groups, [0, 1]).Value!.Value.ScoreChiSquare, tolerance: 1e-12);
    }

    [Fact]
    public void Ties_are_treated_alike_when_there_are_none()
    {
        EventTable[] groups = [Groups.Of("2 5 8+ 11 14"), Groups.Of("3 9+ 12 16 20+")];

        Assert.Equal(CoxModel.Fit(groups, [0, 1], TieMethod.Efron), CoxModel.Fit(groups, [0, 1], TieMethod.Breslow));
    }

    [Theory]
    [InlineData(1e6, 1)]
    [InlineData(0, 1000)]
    [InlineData(-50, -2)]
    public void Origin_and_unit_of_the_covariate_change_the_coefficient_by_the_unit_only(double origin, double unit)
    {
        EventTable[] groups = [Groups.Of("2 5 8+ 11 14"), Groups.Of("3 9+ 12 16 20+"), Groups.Of("4 4 21+")];
        var fit = CoxModel.Fit(groups, [0, 1, 3]).Value!.Value;
        var moved = CoxModel.Fit(groups, [origin, origin + unit, origin + (3 * unit)]).Value!.Value;

        Assert.Equal(fit.Coefficient, moved.Coefficient * unit, tolerance: 1e-8);
        Assert.Equal(fit.LogLikelihood, moved.LogLikelihood, tolerance: 1e-10);
    }

    [Theory]
    [InlineData("", "", nameof(NotEstimable.NoEvents))]
    [InlineData("2+ 5+", "3+ 4+", nameof(NotEstimable.NoEvents))]
    [InlineData("2 5", "", nameof(NotEstimable.NoVariation))]
    [InlineData("2 5", "1+ 1+", nameof(NotEstimable.NoVariation))]
    [InlineData("2 5", "3+ 7+", nameof(NotEstimable.DidNotConverge))]
    [InlineData("2 5 9+", "7+", nameof(NotEstimable.DidNotConverge))]
    public void No_estimate_when_the_data_hold_none(string first, string second, string reason) =>
        Assert.Equal(reason, CoxModel.Fit([Groups.Of(first), Groups.Of(second)], [0, 1]).Reason.ToString());

    [Fact]
    public void No_estimate_when_the_covariate_does_not_vary() =>
        Assert.Equal(NotEstimable.NoVariation, CoxModel.Fit([Groups.Of("2 5"), Groups.Of("3 7")], [0.1, 0.1]).Reason);

    [Fact]
    public void Bad_input_is_refused()
    {
        EventTable[] groups = [Groups.Of("2 5"), Groups.Of("3 7")];

        Assert.Throws<ArgumentException>(() => CoxModel.Fit(groups, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoxModel.Fit(groups, [0, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoxModel.Fit(groups, [0, 1], level: 1));
        Assert.Throws<ArgumentException>(() => CoxModel.Fit([EventTable.FromTimes([4], [true], [1])], [0]));
    }
}

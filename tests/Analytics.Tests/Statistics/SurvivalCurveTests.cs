using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class SurvivalCurveTests
{
    [Fact]
    public void Without_subjects_nothing_is_estimable()
    {
        var curve = KaplanMeier.Estimate(Groups.Of(""));

        Assert.Empty(curve.Rows);
        Assert.Equal(new SurvivalAt { Time = 6 }, curve.At(6));
        Assert.Equal(NotEstimable.NoSubjects, curve.At(6).Reason);
        Assert.Equal(new SurvivalQuantile(0.5, null, null, null, null) { Reason = NotEstimable.NoSubjects }, curve.Quantile(0.5));
        Assert.Equal(NotEstimable.NoSubjects, curve.RestrictedMean(6).Reason);
        Assert.Equal(NotEstimable.NoSubjects, curve.RestrictedMean(6, extend: true).Reason);
        Assert.Null(FollowUp.Estimate(Groups.Of("")).Range);
    }

    [Fact]
    public void Survival_is_the_product_of_the_shares_that_go_on()
    {
        var curve = KaplanMeier.Estimate(Groups.Of("2 3+ 5 5 8+"));

        Assert.Equal(4.0 / 5 * 1 / 3, curve.At(6).Survival!.Value, precision: 15);
        Assert.Equal((1, 3, 1), (curve.At(6).AtRisk, curve.At(6).EventCount, curve.At(6).CensoredCount));
        Assert.Equal(2 + (0.8 * 3) + (0.8 / 3 * 1), curve.RestrictedMean(6).Value!.Value.Mean, precision: 14);
        Assert.Equal(5, curve.Quantile(0.5).Value);
    }

    [Fact]
    public void Survival_without_events_is_certain_but_has_no_log_log_limits_after_the_first_censoring()
    {
        var curve = KaplanMeier.Estimate(Groups.Of("4+ 9+"));

        Assert.Equal(new SurvivalAt(3, 2, 0, 0, false, 1, 0, 1, 1), curve.At(3));
        Assert.Equal(new SurvivalAt(4, 2, 0, 1, false, 1, 0, null, null), curve.At(4));
        Assert.Equal((null, NotEstimable.NotReached), (curve.Quantile(0.5).Value, curve.Quantile(0.5).Reason));
    }

    [Fact]
    public void Survival_beyond_the_last_follow_up_is_not_estimable()
    {
        var curve = KaplanMeier.Estimate(Groups.Of("4 9+"));

        Assert.Equal(new SurvivalAt(10, 0, 1, 1, true, null, null, null, null), curve.At(10));
        Assert.Equal(0.5, curve.At(10, extend: true).Survival);
        Assert.Equal(NotEstimable.BeyondLastFollowUp, curve.At(10).Reason);
        Assert.Equal(NotEstimable.BeyondLastFollowUp, curve.RestrictedMean(10).Reason);
        Assert.Equal(7, curve.RestrictedMean(10, extend: true).Value!.Value.Mean);
    }

    [Fact]
    public void Survival_that_has_reached_zero_stays_there_without_error_or_limits()
    {
        var curve = KaplanMeier.Estimate(Groups.Of("4 9"));

        Assert.Equal(new SurvivalAt(10, 0, 2, 0, true, 0, null, null, null), curve.At(10));
        Assert.Equal(6.5, curve.RestrictedMean(10).Value!.Value.Mean);
    }

    [Fact]
    public void Median_on_a_flat_part_is_its_middle_and_says_so_when_the_cut_off_decides()
    {
        Assert.Equal((5.5, null), Median("1 2 3 8 9 9+"));
        Assert.Equal((7.5, 3), Median("1 2 3 12+ 12+ 12+"));
        Assert.Equal((3, null), Median("1 2 3 12+ 12+"));

        static (double?, double?) Median(string subjects)
        {
            var median = KaplanMeier.Estimate(Groups.Of(subjects)).Quantile(0.5);
            return (median.Value, median.FlatFrom);
        }
    }

    [Fact]
    public void Risk_set_that_empties_before_others_enter_is_told()
    {
        Assert.Equal(4, KaplanMeier.Estimate(EventTable.FromTimes([4, 6, 9], [true, true, false], [0, 4, 5])).EmptiedEarlyAt);
        Assert.Null(KaplanMeier.Estimate(Groups.Of("4 9")).EmptiedEarlyAt);
        Assert.Null(KaplanMeier.Estimate(Groups.Of("4 9+")).EmptiedEarlyAt);
        Assert.Null(KaplanMeier.Estimate(Groups.Of("")).EmptiedEarlyAt);
    }

    [Fact]
    public void Time_that_is_no_number_from_zero_up_is_refused()
    {
        var curve = KaplanMeier.Estimate(Groups.Of("4 9+"));

        Assert.Throws<ArgumentOutOfRangeException>(() => curve.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.At(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.RestrictedMean(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_outside_zero_to_one_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KaplanMeier.Estimate(Groups.Of("4 9+")).Quantile(share));
}

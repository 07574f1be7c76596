using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class PoissonRateTests
{
    [Fact]
    public void Rates_and_limits_are_those_of_R()
    {
        var rows = SurvivalVector.Csv("poisson_rates.csv");
        Assert.Equal(9, rows.Count);
        Assert.All(rows, row =>
        {
            double Cell(string column) => SurvivalVector.Number(row[column])!.Value;
            var rate = PoissonRate.Estimate((int)Cell("events"), Cell("exposure_days"), Cell("conf_level")).Value!.Value;
            Close.To(Cell("person_months"), rate.PersonMonths, "person_months");
            Close.To(Cell("rate_per_100pm"), rate.Per100PersonMonths, "rate_per_100pm");
            Close.To(Cell("lower_per_100pm"), rate.Lower, "lower_per_100pm");
            Close.To(Cell("upper_per_100pm"), rate.Upper, "upper_per_100pm");
        });
    }

    [Fact]
    public void Without_exposure_no_rate_is_estimable() =>
        Assert.Equal(NotEstimable.NoExposure, PoissonRate.Estimate(0, 0).Reason);

    [Theory]
    [InlineData(-1, 5, 0.95)]
    [InlineData(1, -5, 0.95)]
    [InlineData(1, double.NaN, 0.95)]
    [InlineData(1, double.PositiveInfinity, 0.95)]
    [InlineData(1, 5, 1)]
    public void Bad_input_is_refused(int events, double days, double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonRate.Estimate(events, days, level));
}

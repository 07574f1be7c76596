using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class ProportionTests
{
    [Fact]
    public void Limits_are_those_of_R()
    {
        var rows = SurvivalVector.Csv("proportions.csv");
        Assert.Equal(24, rows.Count);
        Assert.All(rows, row =>
        {
            double Cell(string column) => SurvivalVector.Number(row[column])!.Value;
            var exact = Estimate(ProportionMethod.ClopperPearson);
            var score = Estimate(ProportionMethod.Wilson);
            Close.To(Cell("estimate"), exact.Share, "estimate");
            Close.To(Cell("cp_lower"), exact.Lower, "cp_lower");
            Close.To(Cell("cp_upper"), exact.Upper, "cp_upper");
            Close.To(Cell("wilson_lower"), score.Lower, "wilson_lower");
            Close.To(Cell("wilson_upper"), score.Upper, "wilson_upper");

            Proportion Estimate(ProportionMethod method) =>
                Proportion.Estimate((int)Cell("x"), (int)Cell("n"), method, Cell("conf_level")).Value!.Value;
        });
    }

    [Fact]
    public void Limits_at_the_ends_are_the_ends()
    {
        foreach (var method in Enum.GetValues<ProportionMethod>())
        {
            Assert.Equal(0, Proportion.Estimate(0, 7, method).Value!.Value.Lower);
            Assert.Equal(1, Proportion.Estimate(7, 7, method).Value!.Value.Upper);
        }
    }

    [Fact]
    public void Share_of_nobody_is_not_estimable() =>
        Assert.Equal(NotEstimable.NoSubjects, Proportion.Estimate(0, 0).Reason);

    [Theory]
    [InlineData(-1, 5, 0.95)]
    [InlineData(6, 5, 0.95)]
    [InlineData(0, -1, 0.95)]
    [InlineData(1, 5, 0)]
    [InlineData(1, 5, 95)]
    public void Bad_input_is_refused(int count, int total, double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Estimate(count, total, level: level));

    [Fact]
    public void Unknown_method_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Estimate(1, 5, (ProportionMethod)9));
}

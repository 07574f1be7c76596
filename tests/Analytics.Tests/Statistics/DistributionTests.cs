using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

/// <summary>Expected values: the distributions' sums worked out to 30 digits and more.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(1, 100_000, 2.53178047793331402e-7)]
    [InlineData(12, 100_000, 6.20072391173597045e-5)]
    [InlineData(50_000, 100_000, 0.496896062491800397)]
    [InlineData(99_999, 100_000, 0.999944284839652257)]
    public void Quantiles_of_the_beta_distribution_keep_ten_digits(int count, int total, double expected) =>
        Assert.Equal(1, BetaDistribution.Quantile(0.025, count, total - count + 1) / expected, tolerance: 1e-10);

    [Theory]
    [InlineData(0.3, 1, 1, 0.3)]
    [InlineData(0.25, 2, 1, 0.0625)]
    [InlineData(0.25, 1, 2, 0.4375)]
    [InlineData(0, 3, 4, 0)]
    [InlineData(1, 3, 4, 1)]
    public void Tail_of_the_beta_distribution_is_known_for_small_shapes(double x, double a, double b, double expected) =>
        Assert.Equal(expected, BetaDistribution.LowerTail(x, a, b), tolerance: 1e-14);

    [Theory]
    [InlineData(1, 0.0253178079842898754)]
    [InlineData(250, 219.967995630937313)]
    [InlineData(100_000, 99381.1526637447306)]
    public void Lower_quantiles_of_the_gamma_distribution_keep_ten_digits(int shape, double expected) =>
        Assert.Equal(1, GammaDistribution.LowerQuantile(0.025, shape) / expected, tolerance: 1e-10);

    [Theory]
    [InlineData(1, 3.6888794541139363)]
    [InlineData(251, 282.987705042316093)]
    [InlineData(100_001, 100621.744739743876)]
    public void Upper_quantiles_of_the_gamma_distribution_keep_ten_digits(int shape, double expected) =>
        Assert.Equal(1, GammaDistribution.UpperQuantile(0.025, shape) / expected, tolerance: 1e-10);

    [Theory]
    [InlineData(0.95, 1, 12.7062047361747046)]
    [InlineData(0.95, 2, 4.30265272974946385)]
    [InlineData(0.95, 9, 2.26215716279820554)]
    [InlineData(0.99, 30, 2.74999565356722533)]
    [InlineData(0.95, 150, 1.97590533089662052)]
    [InlineData(0.95, 100_000, 1.95998770753460964)]
    [InlineData(0.9999, 1, 6366.19767131593578)]
    public void Quantiles_of_Students_t_keep_ten_digits(double level, int degrees, double expected) =>
        Assert.Equal(1, StudentT.TwoSidedQuantile(level, degrees) / expected, tolerance: 1e-10);
}

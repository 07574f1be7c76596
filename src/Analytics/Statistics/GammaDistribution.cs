using MathNet.Numerics;

namespace Equecel.Analytics.Statistics;

/// <summary>Quantiles of the gamma distribution with scale 1.</summary>
internal static class GammaDistribution
{
    /// <summary>The value that is not exceeded with a probability.</summary>
    /// <param name="probability">Between 0 and 1, exact when small.</param>
    /// <param name="shape">Above 0.</param>
    public static double LowerQuantile(double probability, double shape) =>
        Find(x => SpecialFunctions.GammaLowerRegularized(shape, x) - probability, shape);

    /// <summary>The value that is exceeded with a probability.</summary>
    /// <param name="probability">Between 0 and 1, exact when small.</param>
    /// <param name="shape">Above 0.</param>
    public static double UpperQuantile(double probability, double shape) =>
        Find(x => probability - SpecialFunctions.GammaUpperRegularized(shape, x), shape);

    private static double Find(Func<double, double> value, double shape)
    {
        var high = shape + 1;
        while (value(high) < 0)
        {
            high *= 2;
        }

        var logGamma = SpecialFunctions.GammaLn(shape);
        return MonotoneRoot.Find(value, x => Math.Exp(((shape - 1) * Math.Log(x)) - x - logGamma), 0, high);
    }
}

using MathNet.Numerics;

namespace Equecel.Analytics.Statistics;

/// <summary>The beta distribution. Its quantiles keep ten digits for shapes up to 1e5, small ones included.</summary>
internal static class BetaDistribution
{
    private const int MaxTerms = 10_000;
    private const double Smallest = 1e-300;
    private const double Converged = 1e-16;
    private const double LargeShape = 10;

    /// <summary>The value that is not exceeded with a probability.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="a">First shape, above 0.</param>
    /// <param name="b">Second shape, above 0.</param>
    public static double Quantile(double probability, double a, double b)
    {
        // In the smaller tail the function keeps its digits.
        if (probability > 0.5)
        {
            return 1 - Quantile(1 - probability, b, a);
        }

        var logBeta = LogBeta(a, b);
        return MonotoneRoot.Find(
            x => LowerTail(x, a, b, logBeta) - probability,
            x => Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * Log1p(-x)) - logBeta),
            0,
            1);
    }

    /// <summary>The probability of a value not above x: the regularized incomplete beta function.</summary>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="a">First shape, above 0.</param>
    /// <param name="b">Second shape, above 0.</param>
    public static double LowerTail(double x, double a, double b) => LowerTail(x, a, b, LogBeta(a, b));

    private static double LowerTail(double x, double a, double b, double logBeta)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp((a * Math.Log(x)) + (b * Log1p(-x)) - logBeta);
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    /// <summary>The continued fraction of the incomplete beta function, by Lentz's method.</summary>
    /// <remarks>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.5.8.</remarks>
    private static double Fraction(double x, double a, double b)
    {
        var (c, d) = (1.0, Inverse(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m <= MaxTerms; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            var change = Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)));
            if (Math.Abs(change - 1) <= Converged)
            {
                break;
            }
        }

        return value;

        double Step(double term)
        {
            d = Inverse(1 + (term * d));
            c = NotZero(1 + (term / c));
            value *= c * d;
            return c * d;
        }
    }

    private static double Inverse(double value) => 1 / NotZero(value);

    private static double NotZero(double value) => Math.Abs(value) < Smallest ? Smallest : value;

    private static double Log1p(double x) => SpecialFunctions.Log1p(x);

    /// <summary>The logarithm of the beta function, by Stirling's series where large terms would cancel.</summary>
    private static double LogBeta(double a, double b)
    {
        var (less, more) = (Math.Min(a, b), Math.Max(a, b));
        var sum = a + b;
        if (more < LargeShape)
        {
            return SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(sum);
        }

        // ln Gamma(more) - ln Gamma(sum), the leading terms taken together.
        var difference = StirlingRest(more) - StirlingRest(sum) + less - (less * Math.Log(sum)) + ((more - 0.5) * Log1p(-less / sum));
        return less < LargeShape
            ? difference + SpecialFunctions.GammaLn(less)
            : difference + StirlingRest(less) - less + ((less - 0.5) * Math.Log(less)) + (Math.Log(2 * Math.PI) / 2);
    }

    // Source: Abramowitz and Stegun, 6.1.41.
    private static double StirlingRest(double x)
    {
        var inverse = 1 / (x * x);
        return (1.0 / 12 - (inverse * (1.0 / 360 - (inverse * (1.0 / 1260 - (inverse * (1.0 / 1680 - (inverse / 1188)))))))) / x;
    }
}

using MathNet.Numerics;

namespace Equecel.Analytics.Statistics;

/// <summary>The chi-square distribution.</summary>
internal static class ChiSquare
{
    /// <summary>The probability of a value as large or larger.</summary>
    /// <param name="value">The statistic, from 0 up.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    /// <remarks>From the upper tail itself, so that 1e-20 does not become 0.</remarks>
    public static double UpperTail(double value, int degreesOfFreedom) =>
        SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, value / 2);
}

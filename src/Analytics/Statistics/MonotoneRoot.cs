namespace Equecel.Analytics.Statistics;

/// <summary>Finds the root of a rising function: Newton's steps while they stay where the root must be, else halving.</summary>
internal static class MonotoneRoot
{
    private const int MaxSteps = 200;
    private const double Negligible = 2.3e-16;

    /// <summary>Finds the root.</summary>
    /// <param name="value">The function.</param>
    /// <param name="slope">Its derivative; only guides the steps.</param>
    /// <param name="low">Where the function is not above 0.</param>
    /// <param name="high">Where it is not below 0.</param>
    public static double Find(Func<double, double> value, Func<double, double> slope, double low, double high)
    {
        var x = low + ((high - low) / 2);
        for (var step = 0; step < MaxSteps; step++)
        {
            var here = value(x);
            if (here == 0)
            {
                return x;
            }

            (low, high) = here < 0 ? (x, high) : (low, x);
            var next = x - (here / slope(x));
            if (!(next > low && next < high))
            {
                next = low + ((high - low) / 2);
            }

            if (Math.Abs(next - x) <= Negligible * Math.Abs(next))
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}

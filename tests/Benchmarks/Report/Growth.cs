namespace Equecel.Benchmarks.Report;

/// <summary>How a cost grows with the size of what it is for.</summary>
internal static class Growth
{
    /// <summary>The exponent: 1 where twice the size costs twice as much, 0 where it costs the same.</summary>
    /// <param name="measured">Sizes and what each cost; two different sizes at least, nothing of them zero.</param>
    /// <returns>Slope of the line through their logarithms, by least squares.</returns>
    public static double Exponent(IReadOnlyCollection<(double Size, double Cost)> measured)
    {
        var (size, cost) = (measured.Average(one => Math.Log(one.Size)), measured.Average(one => Math.Log(one.Cost)));
        return measured.Sum(one => (Math.Log(one.Size) - size) * (Math.Log(one.Cost) - cost)) / measured.Sum(one => Math.Pow(Math.Log(one.Size) - size, 2));
    }

    /// <summary>The exponent in words.</summary>
    /// <param name="measured">Sizes and what each cost.</param>
    public static string Text(IReadOnlyCollection<(double Size, double Cost)> measured) =>
        measured.Count < 2 ? "measured at one size" : FormattableString.Invariant($"grows by n^{Exponent(measured):0.00}");
}

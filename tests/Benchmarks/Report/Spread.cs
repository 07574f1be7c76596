using System.Globalization;

namespace Equecel.Benchmarks.Report;

/// <summary>What repetitions of a measurement gave.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    /// <summary>Takes the repetitions, at least one.</summary>
    public static Spread Of(IEnumerable<double> repetitions)
    {
        double[] sorted = [.. repetitions.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>The median, with the others in brackets where they differ.</summary>
    /// <param name="format">Format of a number, such as <c>N0</c>.</param>
    public string Text(string format)
    {
        var (median, least, most) = (Number(Median, format), Number(Least, format), Number(Most, format));
        return least == most ? median : $"{median} ({least} to {most})";
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

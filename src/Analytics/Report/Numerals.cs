using System.Globalization;

namespace Equecel.Analytics.Report;

/// <summary>Numbers as a report shows them: rounded half away from zero, as statistical tables are.</summary>
internal static class Numerals
{
    /// <summary>A number with up to two decimals below ten, else with one.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value) =>
        Math.Round(value, Math.Abs(value) < 10 ? 2 : 1, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>A percentage with one decimal.</summary>
    /// <param name="percent">The percentage, 0 to 100.</param>
    public static string Percent(double percent) => Math.Round(percent, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A count.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Study;

/// <summary>Dates and instants as the contracts write them.</summary>
internal static class Dates
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>A civil date.</summary>
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A month.</summary>
    public static string Month(DateOnly date) => date.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>An instant of a day in China.</summary>
    public static Timestamp At(DateOnly date, int hour, int minute = 0) => new DateTimeOffset(date, new TimeOnly(hour, minute), China).ToTimestamp();
}

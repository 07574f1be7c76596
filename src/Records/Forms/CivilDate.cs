using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Forms;

/// <summary>Civil dates on the wire: ISO 8601 text of the day at the site.</summary>
public static class CivilDate
{
    /// <summary>Reads <c>yyyy-MM-dd</c>; null when it is not such a date from 1900 to 2199.</summary>
    /// <param name="text">The text.</param>
    public static DateOnly? Find(string text) => Exact(text, "yyyy-MM-dd");

    /// <summary>Reads <c>yyyy-MM</c> as the first of the month; null when it is not such a month.</summary>
    /// <param name="text">The text.</param>
    public static DateOnly? FindMonth(string text) => Exact(text, "yyyy-MM");

    /// <summary>Reads <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c> as the earliest and latest day that it can mean; null when it is none.</summary>
    /// <param name="text">The text.</param>
    public static (DateOnly Earliest, DateOnly Latest)? FindPartial(string text) => text.Length switch
    {
        4 when Exact(text, "yyyy") is { } year => (year, year.AddYears(1).AddDays(-1)),
        7 when FindMonth(text) is { } month => (month, month.AddMonths(1).AddDays(-1)),
        10 when Find(text) is { } day => (day, day),
        _ => null,
    };

    /// <summary>The day in China on which an instant falls; null when there is no instant from 1900 to 2199.</summary>
    /// <param name="instant">The instant.</param>
    public static DateOnly? FindInChina(Timestamp? instant) =>
        instant is not null && WireValues.IsInstant(instant) ? DateOnly.FromDateTime(instant.ToDateTime() + Check.ChinaOffset) : null;

    /// <summary>Writes a date as it is on the wire.</summary>
    /// <param name="date">The date.</param>
    public static string ToWire(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Exact(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2200
            ? date
            : null;
}

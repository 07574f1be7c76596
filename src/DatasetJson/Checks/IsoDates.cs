using System.Globalization;

namespace Equecel.DatasetJson.Checks;

/// <summary>Dates as ISO 8601 writes them.</summary>
internal static class IsoDates
{
    private static readonly string[] TimeForms = ["HH':'mm", "HH':'mm':'ss", "HH':'mm':'ss.FFFFFFF"];

    /// <summary>A whole day of the calendar; null when it is none.</summary>
    /// <param name="text"><c>yyyy-MM-dd</c>.</param>
    public static DateOnly? FindDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The day that a date with or without a time lies on; null when its day is not told.</summary>
    /// <param name="text">The date.</param>
    public static DateOnly? FindDayOf(string text) => text.Length >= 10 && (text.Length == 10 || text[10] == 'T') ? FindDay(text[..10]) : null;

    /// <summary>The last day that a date may mean whose end may be left out; null when its year is not told.</summary>
    /// <param name="text">The date.</param>
    public static DateOnly? FindLastDay(string text) => text.Length switch
    {
        4 => FindDay($"{text}-12-31"),
        7 when FindDay($"{text}-01") is { } first => new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)),
        _ => FindDayOf(text),
    };

    /// <summary>Whether it is a time of day, with or without an offset.</summary>
    /// <param name="text">The time.</param>
    public static bool IsTime(string text)
    {
        var end = text.EndsWith('Z') ? text.Length - 1 : text.LastIndexOfAny(['+', '-']) is > 0 and var sign && IsOffset(text[(sign + 1)..]) ? sign : text.Length;
        return TimeOnly.TryParseExact(text[..end], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    /// <summary>Whether it is a day with its time, with or without an offset.</summary>
    /// <param name="text">Day and time.</param>
    /// <param name="needsSeconds">Whether the seconds must be told.</param>
    public static bool IsDateTime(string text, bool needsSeconds = false) =>
        text.Length > 10 && text[10] == 'T' && FindDay(text[..10]) is not null && IsTime(text[11..])
        && (!needsSeconds || (text.Length >= 19 && text[16] == ':'));

    /// <summary>The instant of a day with its time; in UTC where no offset is told. Null when it is none.</summary>
    /// <param name="text">Day and time.</param>
    public static DateTimeOffset? FindInstant(string text) =>
        IsDateTime(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>
    /// Whether it is a date of SDTM: parts that are not known are left out at the end, or are a hyphen inside, such as <c>2021</c>,
    /// <c>2021-03</c>, <c>2021---15</c>; with a time only when the day is known.
    /// </summary>
    /// <param name="text">The date.</param>
    /// <remarks>Source: SDTMIG 3.4, section 4.4.</remarks>
    public static bool IsPartialDate(string text)
    {
        if (text.Contains('T', StringComparison.Ordinal))
        {
            return IsDateTime(text);
        }

        return text.Length switch
        {
            4 => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            7 => FindDay($"{text}-01") is not null,
            // The month is not known, the day is: 2021---15.
            9 => text[4..7] == "---" && FindDay($"{text[..4]}-01-{text[7..]}") is not null,
            10 => FindDay(text) is not null,
            _ => false,
        };
    }

    private static bool IsOffset(string text) => text.Length == 5 && TimeOnly.TryParseExact(text, "HH':'mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

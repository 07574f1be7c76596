using System.Globalization;
using Equecel.Analytics.Cohort;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Datasets;

/// <summary>Dates as SDTM writes them: ISO 8601, what is not known left out at the end.</summary>
/// <remarks>Source: SDTMIG 3.4, section 4.4.</remarks>
internal static class Dtc
{
    /// <summary>The most characters that a date with its time has.</summary>
    public const int Length = 25;

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>A date as a form has it; null when it has none.</summary>
    /// <param name="date"><c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</param>
    public static string? Text(string date) => date.Length == 0 ? null : date;

    /// <summary>A day; null for none.</summary>
    /// <param name="day">The day.</param>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant in China, with its offset; null for none.</summary>
    /// <param name="instant">The instant.</param>
    public static string? Text(Timestamp? instant) =>
        instant?.ToDateTimeOffset().ToOffset(China).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The day of an instant in China; null for none.</summary>
    /// <param name="instant">The instant.</param>
    public static DateOnly? DayOf(Timestamp? instant) => instant is null ? null : DateOnly.FromDateTime(instant.ToDateTime() + China);

    /// <summary>The first day that a date may mean; null when it is none.</summary>
    /// <param name="date"><c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</param>
    public static DateOnly? FirstDay(string date) =>
        date.Length == 4 ? PartialDate.FindDay($"{date}-01-01") : PartialDate.Find(date)?.First;
}

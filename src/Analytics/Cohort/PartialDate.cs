using System.Globalization;

namespace Equecel.Analytics.Cohort;

/// <summary>A civil date, or the month of one whose day is not known.</summary>
/// <param name="First">The date, or the first day of the month.</param>
/// <param name="IsMonth">Whether only the month is known.</param>
internal readonly record struct PartialDate(DateOnly First, bool IsMonth)
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    /// <summary>Reads a date.</summary>
    /// <param name="text"><c>yyyy-MM-dd</c> or <c>yyyy-MM</c>.</param>
    /// <returns>Null when it is neither, or not between 1900 and 2199.</returns>
    public static PartialDate? Find(string text)
    {
        if (FindDay(text) is { } day)
        {
            return new PartialDate(day, IsMonth: false);
        }

        return FindDay(text + "-01") is { } month ? new PartialDate(month, IsMonth: true) : null;
    }

    /// <summary>Reads a date whose day must be known.</summary>
    /// <param name="text"><c>yyyy-MM-dd</c>.</param>
    /// <returns>Null when it is not that, or not between 1900 and 2199.</returns>
    public static DateOnly? FindDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= FirstYear and <= LastYear
            ? date
            : null;
}

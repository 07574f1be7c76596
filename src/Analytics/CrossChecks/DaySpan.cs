using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.CrossChecks;

/// <summary>The days that a date can mean, of which the day or the month may not be known.</summary>
/// <param name="Earliest">The first of them.</param>
/// <param name="Latest">The last of them.</param>
internal readonly record struct DaySpan(DateOnly Earliest, DateOnly Latest)
{
    /// <summary>Reads a date.</summary>
    /// <param name="text"><c>yyyy-MM-dd</c>, <c>yyyy-MM</c> or <c>yyyy</c>.</param>
    /// <returns>Null when it is none of these.</returns>
    public static DaySpan? Find(string text) => PartialDate.Find(text) switch
    {
        { IsMonth: false } day => new DaySpan(day.First, day.First),
        { IsMonth: true } month => new DaySpan(month.First, month.First.AddMonths(1).AddDays(-1)),
        null => PartialDate.FindDay(text + "-01-01") is { } year ? new DaySpan(year, year.AddYears(1).AddDays(-1)) : null,
    };
}

using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class DateRulesTests
{
    [Theory]
    [InlineData("2024-01-13", -2)]
    [InlineData("2024-01-14", -1)]
    [InlineData("2024-01-15", 1)]
    [InlineData("2024-01-16", 2)]
    [InlineData("2024-03-01", 47)]
    public void There_is_no_day_zero(string date, int day) =>
        Assert.Equal(day, StudyDay.Of(PartialDate.FindDay(date)!.Value, new(2024, 1, 15)));

    [Theory]
    [InlineData("1959-01-15", 65)]
    [InlineData("1959-01-16", 64)]
    [InlineData("1959-01", 65)]
    [InlineData("1959-02", 64)]
    [InlineData("1960-02-29", 63)]
    public void Age_is_in_completed_years(string birth, int years) =>
        Assert.Equal(years, Age.Years(PartialDate.Find(birth)!.Value, new(2024, 1, 15)));
}

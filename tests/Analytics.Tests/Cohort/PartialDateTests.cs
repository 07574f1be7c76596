using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class PartialDateTests
{
    [Fact]
    public void A_date_has_its_day() => Assert.Equal(new PartialDate(new(2024, 2, 29), IsMonth: false), PartialDate.Find("2024-02-29"));

    [Fact]
    public void A_month_begins_on_its_first_day() => Assert.Equal(new PartialDate(new(2024, 2, 1), IsMonth: true), PartialDate.Find("2024-02"));

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-13")]
    [InlineData("2023-02-29")]
    [InlineData("2024-2-9")]
    [InlineData("2024-02-29T00:00")]
    [InlineData("1899-12-31")]
    [InlineData("2200-01-01")]
    [InlineData("９９９９-01")]
    public void Anything_else_is_no_date(string text) => Assert.Null(PartialDate.Find(text));
}

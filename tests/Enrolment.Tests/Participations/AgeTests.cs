using Equecel.Enrolment.Participations;

namespace Equecel.Enrolment.Tests.Participations;

public sealed class AgeTests
{
    [Theory]
    [InlineData("2006-03-01", "2024-03-01", 17, 18)]
    [InlineData("2006-03-01", "2024-03-31", 18, 18)]
    [InlineData("2006-03-01", "2024-03-30", 17, 18)]
    [InlineData("2006-04-01", "2024-03-31", 17, 17)]
    [InlineData("2004-02-01", "2024-02-28", 19, 20)]
    [InlineData("2004-02-01", "2023-02-28", 19, 19)]
    [InlineData("2004-02-01", "2024-02-29", 20, 20)]
    public void A_month_of_birth_gives_a_least_and_a_most(string month, string day, int least, int most) =>
        Assert.Equal((least, most), Age.YearsOn(DateOnly.Parse(month), DateOnly.Parse(day)));

    [Theory]
    [InlineData("2006-03-01", "")]
    [InlineData("2006-04-01", "E04! birth_year_month")]
    [InlineData("1939-01-01", "")]
    [InlineData("1938-02-01", "E05? birth_year_month")]
    [InlineData("1938-03-01", "")]
    [InlineData("1923-03-01", "E05? birth_year_month")]
    [InlineData("1923-02-01", "F02! birth_year_month")]
    public void Only_what_is_sure_from_the_month_is_found(string birth, string expected) =>
        Assert.Equal(expected, Age.Findings("birth_year_month", DateOnly.Parse(birth), new DateOnly(2024, 3, 1)).Brief());

    [Fact]
    public void Without_both_dates_nothing_is_found()
    {
        Assert.Empty(Age.Findings("x", null, new DateOnly(2024, 3, 1)));
        Assert.Empty(Age.Findings("x", new DateOnly(2024, 3, 1), null));
    }
}

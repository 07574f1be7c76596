using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class ParticipantCodeTests
{
    [Theory]
    [InlineData("01-0001", "01")]
    [InlineData("001-0001", "001")]
    [InlineData("01-1", "01")]
    [InlineData("123-12345678901", "123")]
    public void A_code_is_the_site_a_hyphen_and_digits(string text, string site) => Assert.Equal(text, $"{ParticipantCode.Find(text, site)}");

    [Theory]
    [InlineData("", "01")]
    [InlineData("01-", "01")]
    [InlineData("0100001", "01")]
    [InlineData("02-0001", "01")]
    [InlineData("01-00-1", "01")]
    [InlineData("01-000a", "01")]
    [InlineData("01-００１", "01")]
    [InlineData("123-123456789012", "123")]
    public void Anything_else_is_not(string text, string site) => Assert.Null(ParticipantCode.Find(text, site));

    [Fact]
    public void Different_codes_stay_different()
    {
        string[] codes = ["01-1", "01-01", "01-10", "01-0", "01-00", "01-001"];
        Assert.Equal(codes.Length, codes.Select(code => ParticipantCode.Find(code, "01")).Distinct().Count());
        Assert.NotEqual(ParticipantCode.Find("01-11", "01"), ParticipantCode.Find("011-1", "011"));
    }
}

using Equecel.Records.Forms;

namespace Equecel.Records.Tests.Forms;

public sealed class ParticipantCodeTests
{
    [Theory]
    [InlineData("01-0001", "01")]
    [InlineData("001-0001", "001")]
    [InlineData("99-1234567", "99")]
    [InlineData("1-0001", null)]
    [InlineData("0001-0001", null)]
    [InlineData("01-001", null)]
    [InlineData("01-12345678", null)]
    [InlineData("01_0001", null)]
    [InlineData("010001", null)]
    [InlineData("01-", null)]
    [InlineData("-0001", null)]
    [InlineData("", null)]
    [InlineData("01-0001 ", null)]
    [InlineData(" 01-0001", null)]
    [InlineData("01-0001\n", null)]
    [InlineData("01-0001\0", null)]
    [InlineData("01-00-1", null)]
    [InlineData("0a-0001", null)]
    [InlineData("０１-0001", null)]
    [InlineData("01-٠٠٠١", null)]
    public void The_site_of_a_participant_is_before_the_hyphen(string code, string? site) => Assert.Equal(site, ParticipantCode.FindSite(code));

    [Theory]
    [InlineData("01", true)]
    [InlineData("123", true)]
    [InlineData("1", false)]
    [InlineData("1234", false)]
    [InlineData("*", false)]
    [InlineData("0 ", false)]
    [InlineData("０１", false)]
    public void A_site_code_has_two_or_three_digits(string code, bool expected) => Assert.Equal(expected, ParticipantCode.IsSite(code));
}

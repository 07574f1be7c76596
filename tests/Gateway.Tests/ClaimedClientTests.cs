using Equecel.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Gateway.Tests;

public sealed class ClaimedClientTests
{
    [Theory]
    [InlineData("""{"client_id":"site-01"}""", "site-01")]
    [InlineData("""{"client_id":"site-01\nfail: forged"}""", "site-01?fail:?forged")]
    [InlineData("""{"client_id":"病院"}""", "??")]
    [InlineData("""{"client_id":["site-01"]}""", "-")]
    [InlineData("""{"client_id":"\ud800"}""", "-")]
    [InlineData("""{"client_id":""}""", "-")]
    [InlineData("""["client_id"]""", "-")]
    [InlineData("{}", "-")]
    [InlineData("{", "-")]
    [InlineData("", "-")]
    public void It_is_what_the_token_says_in_signs_that_forge_no_line(string claims, string expected) =>
        Assert.Equal(expected, Named($"Bearer x.{Base64UrlEncoder.Encode(claims)}.y"));

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer x")]
    [InlineData("Bearer x.!!.y")]
    [InlineData("Basic c2l0ZS0wMTpzZWNyZXQ=")]
    public void What_is_no_token_names_nobody(string authorization) => Assert.Equal("-", Named(authorization));

    [Fact]
    public void A_long_name_is_cut_and_a_huge_token_not_read()
    {
        Assert.Equal(new string('x', 80), Named($"Bearer x.{Base64UrlEncoder.Encode($$"""{"client_id":"{{new string('x', 5000)}}"}""")}.y"));
        Assert.Equal("-", Named($"Bearer x.{Base64UrlEncoder.Encode($$"""{"client_id":"{{new string('x', 7000)}}"}""")}.y"));
    }

    private static string Named(string authorization) => LogText.Of(ClaimedClient.Find(authorization));
}

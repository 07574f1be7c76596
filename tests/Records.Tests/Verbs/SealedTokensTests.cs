using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Tests.Verbs;

public sealed class SealedTokensTests
{
    private static readonly SealedTokens Tokens = new(new byte[32]);
    private static readonly SiteScope Site01 = SiteScope.Only("01");

    [Fact]
    public void A_token_comes_back_as_its_place_to_who_sees_the_same_and_after_a_restart()
    {
        var token = Tokens.Seal("resume_token", Site01, "1a.2b");

        Assert.Equal("1a.2b", Tokens.Open("resume_token", SiteScope.Only("01"), token));
        Assert.Equal("1a.2b", new SealedTokens(new byte[32]).Open("resume_token", Site01, token));
        Assert.Null(Tokens.Open("resume_token", Site01, ""));
    }

    [Theory]
    [InlineData("02")]
    [InlineData("all sites")]
    [InlineData(null)]
    public void Who_sees_other_sites_is_told_so(string? site)
    {
        var refusal = Assert.Throws<RpcException>(() => Tokens.Open("resume_token", site is null ? SiteScope.All : SiteScope.Only(site), Tokens.Seal("resume_token", Site01, "1a.2b")));

        Assert.Equal("InvalidArgument INVALID_FIELDS", refusal.Why());
        Assert.Equal("resume_token", refusal.Field());
        Assert.Contains("given to a caller who may see other sites", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_for_all_sites_is_none_for_one() =>
        Assert.Throws<RpcException>(() => Tokens.Open("resume_token", Site01, Tokens.Seal("resume_token", SiteScope.All, "1a.2b")));

    [Fact]
    public void What_was_altered_made_up_given_for_another_field_or_by_another_service_is_no_token()
    {
        var token = Tokens.Seal("resume_token", Site01, "1a.2b");
        var altered = token[..5] + (token[5] == 'A' ? 'B' : 'A') + token[6..];
        foreach (var bad in (string[])["x", "1a.2b", "AAAA", altered, token + "A", token[..^4], new('A', 4000), new SealedTokens([1]).Seal("resume_token", Site01, "1a.2b")])
        {
            Assert.Contains("Not a token of this call", Assert.Throws<RpcException>(() => Tokens.Open("resume_token", Site01, bad)).Status.Detail, StringComparison.Ordinal);
        }

        Assert.Equal("page_token", Assert.Throws<RpcException>(() => Tokens.Open("page_token", Site01, token)).Field());
    }
}

using Equecel.Client.Tests.Peer;
using Grpc.Core;

namespace Equecel.Client.Tests;

public sealed class TlsTests
{
    [Fact]
    public async Task A_platform_is_trusted_by_the_authority_that_is_named()
    {
        var (authority, server) = TestAuthority.Create();
        await using var platform = await TestPlatform.StartAsync(server);
        using var client = new EquecelClient(Options(platform, [authority]));

        await client.Enrolment.SubmitRecordAsync(new());

        Assert.Equal("https", platform.GatewayAddress.Scheme);
        Assert.Equal(1, platform.TokenCount);
    }

    [Fact]
    public async Task A_platform_that_nobody_vouches_for_is_told_no_secret()
    {
        var (_, server) = TestAuthority.Create();
        await using var platform = await TestPlatform.StartAsync(server);
        using var client = new EquecelClient(Options(platform, null));

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Empty(platform.TokenRequests);
    }

    private static EquecelClientOptions Options(TestPlatform platform, System.Security.Cryptography.X509Certificates.X509Certificate2Collection? authorities) => new()
    {
        GatewayAddress = platform.GatewayAddress,
        TokenAddress = platform.TokenAddress,
        ClientId = "site-01",
        ClientSecret = "secret",
        CertificateAuthorities = authorities,
    };
}

using Equecel.Client.Tests.Peer;

namespace Equecel.Client.Tests;

/// <summary>Clients as the tests use them: in no hurry for nothing.</summary>
internal static class TestClients
{
    public static EquecelClient NewClient(this TestPlatform platform, TimeProvider? time = null) => new(new EquecelClientOptions
    {
        GatewayAddress = platform.GatewayAddress,
        TokenAddress = platform.TokenAddress,
        ClientId = "site-01",
        ClientSecret = "secret",
        FirstRetryDelay = TimeSpan.FromMilliseconds(1),
        Time = time ?? TimeProvider.System,
    });
}

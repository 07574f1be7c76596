using Microsoft.Extensions.Configuration;

namespace Equecel.Identity.Tests;

public sealed class ClientRegistryTests
{
    private const string Secret = "sixteen letters.";

    // SHA-256 of "sixteen letters.", as sha256sum gives it.
    private const string Hash = "dde5d776d876edb1bee641709943327fa8ad12940e5ba8e9c9d8d79ce04d4237";

    [Fact]
    public void A_sites_client_has_its_site_as_a_claim_and_its_secret_hashed()
    {
        var client = Assert.Single(Read(("site-01:Scopes:0", Scopes.Capture), ("site-01:Site", "01"), ("site-01:Secret", Secret)).Clients);

        Assert.Equal("site-01", client.ClientId);
        Assert.Equal(600, client.AccessTokenLifetime);
        Assert.Equal("", client.ClientClaimsPrefix);
        Assert.Equal(("site", "01"), client.Claims.Select(claim => (claim.Type, claim.Value)).Single());
        Assert.Equal(Convert.ToBase64String(Convert.FromHexString(Hash)), client.ClientSecrets.Single().Value);
    }

    [Fact]
    public void A_hash_does_instead_of_the_secret_in_either_spelling()
    {
        var clients = Read(
            ("team-a:Scopes:0", Scopes.Study), ("team-a:SecretSha256", Hash),
            ("team-b:Scopes:0", Scopes.Study), ("team-b:SecretSha256", Convert.ToBase64String(Convert.FromHexString(Hash)))).Clients;

        Assert.Equal(clients[0].ClientSecrets.Single().Value, clients[1].ClientSecrets.Single().Value);
    }

    [Fact]
    public void A_sites_client_needs_no_more_than_a_secret()
    {
        var client = Assert.Single(Read(("site-117:Secret", Secret)).Clients);

        Assert.Equal([Scopes.Capture], client.AllowedScopes);
        Assert.Equal(("site", "117"), client.Claims.Select(claim => (claim.Type, claim.Value)).Single());
    }

    [Fact]
    public void A_client_without_a_secret_is_left_out_and_named()
    {
        var (clients, withoutSecret) = Read(("study-team:Scopes:0", Scopes.Study), ("study-team:Secret", ""));

        Assert.Empty(clients);
        Assert.Equal(["study-team"], withoutSecret);
    }

    [Theory]
    [InlineData("Site", null, "needs Site")]
    [InlineData("Site", " ", "needs Site")]
    [InlineData("Site", "*", "needs Site")]
    [InlineData("Site", "null", "needs Site")]
    [InlineData("Site", "01,02", "needs Site")]
    [InlineData("Scopes:0", "", "'' is no scope")]
    [InlineData("Scopes:0", "equecel.everything", "'equecel.everything' is no scope")]
    [InlineData("Scopes:0", "Equecel.Capture", "'Equecel.Capture' is no scope")]
    [InlineData("Scopes:0", null, "Scopes is empty")]
    [InlineData("Scopes:1", "equecel.study", "cannot be combined")]
    [InlineData("Scopes:0", "equecel.study", "Site goes with equecel.capture alone")]
    [InlineData("Secret", "short", "16 to 100 characters")]
    [InlineData("Secret", "                    ", "16 to 100 characters")]
    [InlineData("SecretSha256", "abc", "SecretSha256 is 32 bytes")]
    public void A_wrong_description_is_refused(string setting, string? value, string message)
    {
        var described = new Dictionary<string, string?>
        {
            ["Scopes:0"] = Scopes.Capture,
            ["Site"] = "01",
            [setting] = value,
        };
        var error = Assert.Throws<InvalidOperationException>(() => Read([.. described.Where(pair => pair.Value is not null).Select(pair => ($"site-01:{pair.Key}", pair.Value))]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("site-01", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("Site 01")]
    [InlineData("01")]
    public void A_client_id_is_a_plain_name(string id) =>
        Assert.Contains("client id", Assert.Throws<InvalidOperationException>(() => Read(($"{id}:Scopes:0", Scopes.Study))).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(
            ("site-01:Scopes:0", Scopes.Capture), ("study-team:Scopes:0", "equecel.all"), ("study-team:Secret", Secret), ("study-team:SecretSha256", Hash)));

        Assert.Contains("3 fault(s)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<Duende.IdentityServer.Models.Client> Clients, IReadOnlyList<string> WithoutSecret) Read(params (string Key, string? Value)[] settings) =>
        ClientRegistry.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Identity:Clients:{setting.Key}", setting.Value)))
            .Build());
}

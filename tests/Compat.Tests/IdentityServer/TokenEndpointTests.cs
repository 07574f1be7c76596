using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Compat.Tests.IdentityServer;

public sealed class TokenEndpointTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("equecel-keys-").FullName;
    private TokenServer server = null!;

    public async Task InitializeAsync() => server = await TokenServer.StartAsync(folder, TimeProvider.System);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_token_has_the_shape_of_the_genuine_ones()
    {
        var token = await server.GetTokenAsync();

        var header = TokenServer.PartOf(token, 0);
        var claims = TokenServer.PartOf(token, 1);
        Assert.Equal(["alg", "kid", "typ"], header.Select(entry => entry.Key).Order());
        Assert.Equal("PS256", (string)header["alg"]!);
        Assert.Equal("at+jwt", (string)header["typ"]!);
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "nbf", "scope", "site"], claims.Select(entry => entry.Key).Order());
        Assert.Equal("https://issuer.example", (string)claims["iss"]!);
        Assert.Equal("""["forms","reports"]""", claims["aud"]!.ToJsonString());
        Assert.Equal("""["write","read"]""", claims["scope"]!.ToJsonString());
        Assert.Equal("hospital", (string)claims["client_id"]!);
        Assert.Equal("01", (string)claims["site"]!);
        Assert.Equal((long)claims["iat"]!, (long)claims["nbf"]!);
        Assert.Equal((long)claims["iat"]! + 600, (long)claims["exp"]!);
    }

    [Fact]
    public async Task The_answer_follows_RFC_6749_and_is_not_stored()
    {
        using var response = await server.AskAsync("grant_type=client_credentials&client_id=hospital&client_secret=open+sesame&scope=read");
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;

        Assert.Equal("Bearer", (string)answer["token_type"]!);
        Assert.Equal(600, (int)answer["expires_in"]!);
        Assert.Equal("read", (string)answer["scope"]!);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_scope_of_one_service_makes_a_token_for_that_service()
    {
        using var response = await server.AskAsync("grant_type=client_credentials&client_id=hospital&client_secret=open+sesame&scope=write");
        var token = (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;

        Assert.Equal("forms", (string)TokenServer.PartOf(token, 1)["aud"]!);
    }

    [Fact]
    public async Task The_secret_can_come_in_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("hospital:open%20sesame"))) },
        };
        using var response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("grant_type=client_credentials&client_id=hospital&client_secret=wrong", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=hospital&client_secret=retired", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=hospital", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=&client_secret=", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=Hospital&client_secret=open+sesame", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=nobody&client_secret=open+sesame", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=nobody&client_secret=nobody", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=hospital&client_secret=open+sesame&scope=study", "invalid_scope")]
    [InlineData("grant_type=client_credentials&client_id=hospital&client_secret=open+sesame&scope=read+unheard", "invalid_scope")]
    [InlineData("grant_type=password&client_id=hospital&client_secret=open+sesame", "unsupported_grant_type")]
    [InlineData("client_id=hospital&client_secret=open+sesame", "invalid_request")]
    public async Task A_wrong_request_is_refused_with_its_error_alone(string form, string error)
    {
        using var response = await server.AskAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal($$"""{"error":"{{error}}"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_that_is_none_or_too_large_is_refused()
    {
        using var none = await server.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), JsonContent.Create("x"));
        using var large = await server.AskAsync("client_id=" + new string('x', 20_000));
        using var read = await server.Http.GetAsync(new Uri("/connect/token", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);
    }

    [Fact]
    public async Task Discovery_leads_to_the_keys_that_prove_the_token()
    {
        var document = (await server.Http.GetFromJsonAsync<JsonObject>("/.well-known/openid-configuration"))!;
        var keys = await server.Http.GetStringAsync((string)document["jwks_uri"]!);

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(await server.GetTokenAsync(), new()
        {
            ValidIssuer = (string)document["issuer"]!,
            ValidAudience = "forms",
            ValidAlgorithms = ["PS256"],
            ValidTypes = ["at+jwt"],
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal($"{server.Http.BaseAddress}connect/token", (string)document["token_endpoint"]!);
        Assert.DoesNotContain("\"d\"", keys, StringComparison.Ordinal);
    }
}

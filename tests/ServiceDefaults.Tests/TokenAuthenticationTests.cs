using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Equecel.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>A service that asks for tokens, with a clock of the test, and an issuer that makes any token.</summary>
public sealed class TokenAuthenticationTests : IAsyncLifetime, IDisposable
{
    private readonly TokenIssuer issuer = new();
    private readonly Clock clock = new();
    private WebApplication service = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        await issuer.StartAsync();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Identity:Issuer"] = TokenIssuer.Issuer;
        builder.Configuration["Identity:Authority"] = issuer.Authority;
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddTokenAuthentication("enrolment");
        service = builder.Build();
        service.UseAuthentication();
        service.UseAuthorization();
        service.MapGet("/", (System.Security.Claims.ClaimsPrincipal user) =>
            $"{user.FindFirst("client_id")!.Value} {user.FindFirst("site")?.Value} {string.Join(' ', user.FindAll("scope").Select(scope => scope.Value))}")
            .RequireAuthorization();
        await service.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await issuer.DisposeAsync();
    }

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task A_good_token_says_who_calls()
    {
        var token = issuer.Token(claims => claims["scope"] = new JsonArray("equecel.capture", "equecel.other"));

        Assert.Equal("site-01 01 equecel.capture equecel.other", await (await CallAsync(token)).Content.ReadAsStringAsync());
        Assert.Equal("site-01 01 equecel.capture equecel.other", await (await CallAsync(token)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_without_a_site_is_one_of_the_study()
    {
        var token = issuer.Token(claims => claims.Remove("site"));

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(token)).StatusCode);
    }

    public static TheoryData<string, Action<JsonObject>> BadClaims => new()
    {
        { "expired", claims => Shift(claims, -700) },
        { "not yet valid", claims => Shift(claims, 60) },
        { "valid for an hour", claims => claims["exp"] = (long)claims["nbf"]! + 3_600 },
        { "without an end", claims => claims.Remove("exp") },
        { "without a beginning", claims => claims.Remove("nbf") },
        { "ends before it begins", claims => claims["exp"] = (long)claims["nbf"]! - 1 },
        { "of another issuer", claims => claims["iss"] = "https://elsewhere.example" },
        { "of no issuer", claims => claims.Remove("iss") },
        { "for another service", claims => claims["aud"] = "safety" },
        { "for a service with a slash", claims => claims["aud"] = "enrolment/" },
        { "for nobody", claims => claims.Remove("aud") },
        { "two sites", claims => claims["site"] = new JsonArray("01", "02") },
        { "one site in an array", claims => claims["site"] = new JsonArray("01") },
        { "no site in an array", claims => claims["site"] = new JsonArray() },
        { "empty site", claims => claims["site"] = "" },
        { "blank site", claims => claims["site"] = " " },
        { "padded site", claims => claims["site"] = "01 " },
        { "every site", claims => claims["site"] = "*" },
        { "null site", claims => claims["site"] = null },
        { "site as text null", claims => claims["site"] = "null" },
        { "site as number", claims => claims["site"] = 1 },
        { "a pattern of sites", claims => claims["site"] = "0%" },
        { "site with a NUL", claims => claims["site"] = "01\0" },
        { "client with a NUL", claims => claims["client_id"] = "site-01\0" },
        { "client with a line break", claims => claims["client_id"] = "site-01\nfail: forged" },
        { "client of 101 letters", claims => claims["client_id"] = new string('x', 101) },
        { "blank person", claims => claims["sub"] = " " },
        { "two people", claims => claims["sub"] = new JsonArray("a", "b") },
        { "blank client", claims => claims["client_id"] = " " },
        { "no client", claims => claims.Remove("client_id") },
        { "every client", claims => claims["client_id"] = "*" },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task A_token_with_bad_claims_is_refused(string fault, Action<JsonObject> change) =>
        await RefusesAsync(issuer.Token(change), fault);

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "RS256")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "id+jwt")]
    [InlineData("typ", null)]
    [InlineData("kid", "unheard-of")]
    [InlineData("kid", null)]
    [InlineData("crit", "exp")]
    public async Task A_token_with_a_bad_header_is_refused(string name, string? value) =>
        await RefusesAsync(issuer.Token(header: header => header[name] = value), name);

    [Fact]
    public async Task A_token_signed_in_another_way_is_refused()
    {
        await RefusesAsync(issuer.Token(header: header => header["alg"] = "none", sign: (_, _) => []), "unsigned");
        await RefusesAsync(issuer.Token(sign: (_, _) => []), "signature left out");
        await RefusesAsync(issuer.Token(header: header => header["alg"] = "RS256", sign: (pair, data) => pair.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), "RS256");
        await RefusesAsync(issuer.Token(header: header => header["alg"] = "HS256", sign: (pair, data) => HMACSHA256.HashData(pair.ExportSubjectPublicKeyInfo(), data)), "HS256 with the public key");
        using var stranger = RSA.Create(2048);
        await RefusesAsync(issuer.Token(sign: (_, data) => stranger.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)), "a stranger's key");
    }

    [Fact]
    public async Task A_key_that_the_token_brings_along_does_not_count()
    {
        using var stranger = RSA.Create(2048);
        var numbers = stranger.ExportParameters(includePrivateParameters: false);
        var token = issuer.Token(
            header: header =>
            {
                header["kid"] = "stranger";
                header["jwk"] = new JsonObject
                {
                    ["kty"] = "RSA",
                    ["kid"] = "stranger",
                    ["n"] = System.Buffers.Text.Base64Url.EncodeToString(numbers.Modulus),
                    ["e"] = System.Buffers.Text.Base64Url.EncodeToString(numbers.Exponent),
                };
            },
            sign: (_, data) => stranger.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));

        await RefusesAsync(token, "jwk");
    }

    [Fact]
    public async Task A_claim_given_twice_is_refused() =>
        await RefusesAsync(issuer.Token(rewrite: json => json.Replace("\"site\":\"01\"", "\"site\":\"01\",\"site\":\"02\"", StringComparison.Ordinal)), "site twice");

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic c2l0ZTpwYXNz")]
    public async Task What_is_no_token_is_refused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_refusal_does_not_say_what_is_wrong()
    {
        using var response = await CallAsync(issuer.Token(claims => Shift(claims, -700)));

        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_that_was_accepted_before_is_refused_once_it_has_expired()
    {
        var token = issuer.Token();
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(token)).StatusCode);

        foreach (var minutes in new[] { 0.5, 1, 5, 9.9 })
        {
            clock.Ahead = TimeSpan.FromMinutes(minutes);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(token)).StatusCode);
        }

        clock.Ahead = TimeSpan.FromMinutes(10.6);
        await RefusesAsync(token, "expired");
    }

    [Fact]
    public async Task Tokens_keep_working_while_the_issuer_is_down()
    {
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(issuer.Token())).StatusCode);
        await issuer.StopAsync();

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(issuer.Token(claims => claims["jti"] = "another"))).StatusCode);
    }

    [Fact]
    public async Task A_service_that_starts_before_the_issuer_says_so_and_recovers_with_it()
    {
        await issuer.StopAsync();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CallAsync(issuer.Token())).StatusCode);
        }

        await issuer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(issuer.Token())).StatusCode);
    }

    [Fact]
    public async Task Forged_tokens_do_not_make_the_service_ask_for_keys_again_and_again()
    {
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(issuer.Token())).StatusCode);
        for (var forged = 0; forged < 50; forged++)
        {
            await RefusesAsync(issuer.Token(header: header => header["kid"] = $"forged-{forged}"), "forged");
        }

        Assert.InRange(issuer.KeyRequests, 1, 2);
    }

    private static void Shift(JsonObject claims, int seconds)
    {
        foreach (var name in new[] { "nbf", "iat", "exp" })
        {
            claims[name] = (long)claims[name]! + seconds;
        }
    }

    private async Task RefusesAsync(string token, string fault)
    {
        using var response = await CallAsync(token);
        Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{fault}: {response.StatusCode}");
        using var again = await CallAsync(token);
        Assert.True(again.StatusCode == HttpStatusCode.Unauthorized, $"{fault}, again: {again.StatusCode}");
    }

    private async Task<HttpResponseMessage> CallAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        return await http.SendAsync(request);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Ahead;
    }
}

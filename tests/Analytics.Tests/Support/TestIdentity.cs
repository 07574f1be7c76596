using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Issues access tokens with a key of its own and publishes the key, as Identity does.</summary>
internal sealed class TestIdentity : IAsyncDisposable
{
    public const string Issuer = "https://identity.equecel";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "test" };
    private readonly WebApplication app;

    private TestIdentity()
    {
        var builder = WebApplication.CreateBuilder();

        // The program's own settings lie beside the tests and would open its ports.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        app = builder.Build();

        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Issuer, jwks_uri = $"{Address}/jwks" }));
        app.MapGet("/jwks", () => Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", kid = key.KeyId, use = "sig", alg = "PS256",
                    n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent),
                },
            },
        }));
        app.MapPost("/connect/token", () => Results.Json(new { access_token = Issue("equecel.feed"), expires_in = 600 }));
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<TestIdentity> StartAsync()
    {
        var issuer = new TestIdentity();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A token that is good in everything unless said otherwise.</summary>
    public string Issue(string scope, string audience = "analytics") => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = audience,
        TokenType = "at+jwt",
        NotBefore = DateTime.UtcNow,
        Expires = DateTime.UtcNow.AddMinutes(10),
        Claims = new Dictionary<string, object> { ["client_id"] = "study-team", ["scope"] = new[] { scope } },
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSsaPssSha256),
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Rsa.Dispose();
    }
}

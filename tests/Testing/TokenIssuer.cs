using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Testing;

/// <summary>
/// Publishes a key as Identity does, and makes any token with it, also ones that Identity would never make. It answers only once started.
/// </summary>
public sealed class TokenIssuer : IAsyncDisposable
{
    /// <summary>The issuer in its tokens.</summary>
    public const string Issuer = TokenMaker.Issuer;

    // One for all: making it takes longer than most tests.
    private static readonly RSA Pair = RSA.Create(2048);

    private WebApplication? app;
    private int keyRequests;

    /// <summary>Address at which it will answer.</summary>
    public string Authority { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    /// <summary>The <c>kid</c> of its key.</summary>
    public string KeyId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>How often the keys were asked for.</summary>
    public int KeyRequests => keyRequests;

    /// <summary>Begins to answer.</summary>
    public async Task StartAsync()
    {
        // Away from the settings file of the service under test, which lies in the current folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Authority);
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
    }

    /// <summary>Stops answering.</summary>
    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
            app = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Makes a token: by default a good one of site 01, valid for ten minutes from now.</summary>
    /// <param name="payload">Changes its claims.</param>
    /// <param name="header">Changes its header.</param>
    /// <param name="sign">Signs the bytes of header and payload in another way.</param>
    /// <param name="rewrite">Changes the text of the claims.</param>
    public string Token(
        Action<JsonObject>? payload = null, Action<JsonObject>? header = null, Func<RSA, byte[], byte[]>? sign = null, Func<string, string>? rewrite = null) =>
        new TokenMaker(Pair, KeyId).Token(payload, header, sign, rewrite);

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                await context.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Authority}/keys" });
                break;
            case "/keys":
                Interlocked.Increment(ref keyRequests);
                await context.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray(PublicKey()) });
                break;
            case "/connect/token":
                await context.Response.WriteAsync($"{context.Request.Scheme} {context.Request.Host} {context.Request.Headers["X-Forwarded-Proto"]}");
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private JsonObject PublicKey()
    {
        var numbers = Pair.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["alg"] = "PS256",
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        };
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Duende.IdentityServer.Configuration;
using Duende.IdentityServer.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equecel.Compat.Tests.IdentityServer;

/// <summary>The stand-in as a program of its own, on a key folder and a clock of the test.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TokenServer(WebApplication app) => (this.app, Http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    /// <summary>Calls it.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it with the client <c>hospital</c>, whose secret is <c>open sesame</c> and whose site is 01.</summary>
    public static async Task<TokenServer> StartAsync(string keyPath, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time);
        builder.Services.AddIdentityServer(options =>
            {
                options.IssuerUri = "https://issuer.example";
                options.KeyManagement.KeyPath = keyPath;
                options.KeyManagement.DataProtectKeys = false;
                options.KeyManagement.SigningAlgorithms = [new SigningAlgorithmOptions("PS256")];
            })
            .AddInMemoryApiScopes([new ApiScope("write"), new ApiScope("read"), new ApiScope("study")])
            .AddInMemoryApiResources([new ApiResource("forms") { Scopes = { "write", "read" } }, new ApiResource("reports") { Scopes = { "read" } }])
            .AddInMemoryClients([new Client
            {
                ClientId = "hospital",
                ClientSecrets = { new Secret("retired".Sha256(), DateTime.UnixEpoch), new Secret("open sesame".Sha256()) },
                AllowedGrantTypes = GrantTypes.ClientCredentials,
                AllowedScopes = { "write", "read" },
                AccessTokenLifetime = 600,
                ClientClaimsPrefix = "",
                Claims = { new ClientClaim("site", "01") },
            }]);

        var app = builder.Build();
        app.UseIdentityServer();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Asks for a token with a form.</summary>
    public Task<HttpResponseMessage> AskAsync(string form) =>
        Http.PostAsync(new Uri("/connect/token", UriKind.Relative), new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")));

    /// <summary>Asks for a token, which is given.</summary>
    public async Task<string> GetTokenAsync()
    {
        var answer = await (await AskAsync("grant_type=client_credentials&client_id=hospital&client_secret=open+sesame"))
            .EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        return (string)answer!["access_token"]!;
    }

    /// <summary>The ids of the published keys, as listed.</summary>
    public async Task<string[]> GetKeyIdsAsync()
    {
        var keys = await Http.GetFromJsonAsync<JsonObject>("/.well-known/openid-configuration/jwks");
        return [.. keys!["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];
    }

    /// <summary>One part of a token: 0 the header, 1 the claims.</summary>
    public static JsonObject PartOf(string token, int part) =>
        JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[part])))!.AsObject();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

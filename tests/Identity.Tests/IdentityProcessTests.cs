using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Equecel.Testing;

namespace Equecel.Identity.Tests;

/// <summary>Identity as it is shipped: its own program and settings file, on a port and a key folder of the test.</summary>
public sealed class IdentityProcessTests : IDisposable
{
    private const string Secret = "a secret of the first site";

    private readonly string keys = Directory.CreateTempSubdirectory("equecel-keys-").FullName;
    private readonly string address = $"http://127.0.0.1:{FreePort.Take()}";

    public void Dispose() => Directory.Delete(keys, recursive: true);

    [Fact]
    public async Task A_site_gets_a_token_for_its_site_and_the_same_keys_serve_after_a_restart()
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        string keySet;
        await using (var identity = await StartAsync())
        {
            var token = await AskAsync(http, "site-01", Secret);
            keySet = await http.GetStringAsync(new Uri("/.well-known/openid-configuration/jwks", UriKind.Relative));

            Assert.Equal("equecel.capture", (string)token["scope"]!);
            Assert.Equal("invalid_client", (string)(await AskAsync(http, "site-01", "wrong"))["error"]!);
            Assert.Equal("invalid_client", (string)(await AskAsync(http, "study-team", ""))["error"]!);
            Assert.Contains("Client study-team is disabled", identity.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, identity.Log, StringComparison.Ordinal);
            await identity.StopAsync();
        }

        await using var again = await StartAsync();
        Assert.Equal(keySet, await http.GetStringAsync(new Uri("/.well-known/openid-configuration/jwks", UriKind.Relative)));
    }

    [Fact]
    public async Task Discovery_names_addresses_as_the_caller_of_the_gateway_sees_them()
    {
        await using var identity = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration")
        {
            Headers = { Host = "study.example", },
        };
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await http.SendAsync(request);
        var document = await response.Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal("https://identity.equecel", (string)document!["issuer"]!);
        Assert.Equal("https://study.example/connect/token", (string)document["token_endpoint"]!);
    }

    [Fact]
    public async Task It_says_that_it_is_alive_and_ready()
    {
        await using var identity = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/alive", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task It_does_not_start_on_a_faulty_configuration_and_says_why()
    {
        var environment = Environment();
        environment["Identity__Clients__site-01__Site"] = "*";
        environment["Identity__Clients__site-02__Scopes__0"] = "equecel.capture.all";

        var (exitCode, log) = await ServiceProcess.RunAsync("Equecel.Identity", environment);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("site-01: equecel.capture needs Site", log, StringComparison.Ordinal);
        Assert.Contains("site-02: 'equecel.capture.all' is no scope", log, StringComparison.Ordinal);
    }

    private static async Task<JsonObject> AskAsync(HttpClient http, string client, string secret)
    {
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)]);
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync("Equecel.Identity", $"{address}/health", Environment());

    private Dictionary<string, string> Environment() => new()
    {
        ["Kestrel__Endpoints__http__Url"] = address,
        ["Identity__KeyPath"] = keys,
        ["Identity__Clients__site-01__Secret"] = Secret,
    };
}

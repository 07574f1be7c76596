using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
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
    public async Task Who_may_sign_in_and_who_was_refused_is_kept_over_restarts_and_an_altered_line_is_found()
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        await using (var identity = await StartAsync())
        {
            await AskAsync(http, "site-01", Secret);
            await AskAsync(http, "site-01", "some other words");
            http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
            await AskAsync(http, "nobody\nfail: forged", Secret);
            http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("study-team:some other words")));
            await AskAsync(http, "", "");
            await Eventually.TrueAsync(() => Trail().Length == 4);
            await Eventually.TrueAsync(() => identity.Log.Contains("A token was refused to client nobody?fail:?forged from 192.0.2.7 by 127.0.0.1", StringComparison.Ordinal));
            Assert.DoesNotContain("other words", identity.Log + string.Concat(Trail()), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, identity.Log + string.Concat(Trail()), StringComparison.Ordinal);
        }

        // A line that a crash has cut off.
        File.AppendAllText(TrailPath, "{\"time\":\"2026-");
        await using (await StartAsync())
        {
            Assert.Equal(
                ["STARTED", "SIGN_IN_REFUSED site-01 127.0.0.1", "SIGN_IN_REFUSED nobody?fail:?forged 192.0.2.7 by 127.0.0.1", "SIGN_IN_REFUSED study-team 192.0.2.7 by 127.0.0.1", "STARTED"],
                Trail().Where(line => line.EndsWith('}')).Select(line => JsonNode.Parse(line)!)
                    .Select(line => string.Join(' ', new[] { line["kind"], line["client"], line["address"] }.Where(part => part is not null))));
        }

        var lines = Trail();
        Assert.Equal(
            ["", Sha256(lines[0]), Sha256(lines[1]), Sha256(lines[2]), Sha256(lines[4])],
            lines.Where(line => line.EndsWith('}')).Select(line => (string)JsonNode.Parse(line)!["previous"]!));
        var clients = JsonNode.Parse(lines[0])!["clients"]!.AsArray().Select(client => Told(client!)).ToList();
        Assert.Contains("site-01 equecel.capture 01 False", clients);
        Assert.Contains("study-office equecel.manage,equecel.study - True", clients);

        File.WriteAllText(TrailPath, string.Join('\n', lines.Select(line => line.Replace("192.0.2.7", "192.0.2.8", StringComparison.Ordinal))) + "\n");
        await using var again = await StartAsync();
        await Eventually.TrueAsync(() => again.Log.Contains($"Line 4 of {TrailPath} does not follow from the one before", StringComparison.Ordinal));

        static string Told(JsonNode client) =>
            $"{client["id"]} {string.Join(',', client["scopes"]!.AsArray())} {client["site"]?.ToString() ?? "-"} {(bool)client["disabled"]!}";
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

        var (exitCode, log, _) = await ServiceProcess.RunAsync("Equecel.Identity", environment);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("site-01: equecel.capture needs Site", log, StringComparison.Ordinal);
        Assert.Contains("site-02: 'equecel.capture.all' is no scope", log, StringComparison.Ordinal);
    }

    private string TrailPath => Path.Combine(keys, "identity.trail");

    private string[] Trail() => File.ReadAllLines(TrailPath);

    private static string Sha256(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

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
        ["Drain__Pause"] = "00:00:00",
        ["Identity__Clients__site-01__Secret"] = Secret,
    };
}

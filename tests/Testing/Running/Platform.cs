using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equecel.Client;

namespace Equecel.Testing.Running;

/// <summary>The whole platform, started as the operator starts it: the AppHost as a process, on a data folder of its own.</summary>
public sealed class Platform : IAsyncDisposable
{
    private static readonly string[] ClientNames = ["site-01", "site-02", .. Enumerable.Range(11, 12).Select(site => $"site-{site}"), "study-team", "study-office", "operator", "privacy-office", "assessment-service", "safety-service", "questionnaire-service", "analytics-service"];
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly HttpClient http = new();
    private readonly ConcurrentQueue<string> lines = [];
    private Process? host;

    private Platform(IReadOnlyDictionary<string, string> environment)
    {
        this.environment = environment;
        Directory.CreateDirectory(Folder);
        File.WriteAllText(SecretsFile, JsonSerializer.Serialize(ClientNames.ToDictionary(name => $"{name}-secret", SecretOf)));
    }

    /// <summary>The data folder, in which everything lies that the platform keeps.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"equecel-e2e-{Guid.NewGuid():N}");

    /// <summary>File with the clients' secrets, as <c>equecel --secrets</c> takes it.</summary>
    public string SecretsFile => Path.Combine(Folder, "client-secrets.json");

    /// <summary>Folder with a log file for each resource.</summary>
    public string LogFolder => Path.Combine(Folder, "logs");

    /// <summary>Folder with Identity's signing keys.</summary>
    public string KeyFolder => Path.Combine(Folder, "identity-keys");

    /// <summary>Address of the resource page.</summary>
    public Uri Page { get; private set; } = null!;

    /// <summary>The gateway's address for gRPC.</summary>
    public Uri Gateway { get; private set; } = null!;

    /// <summary>The gateway's address for HTTP.</summary>
    public Uri GatewayHttp { get; private set; } = null!;

    /// <summary>Everything that the AppHost has written so far.</summary>
    public string Log => string.Join('\n', lines);

    /// <summary>Starts a platform on an empty data folder.</summary>
    /// <param name="environment">Environment variables of the AppHost, and of all that it starts.</param>
    public static async Task<Platform> StartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        var platform = new Platform(environment ?? new Dictionary<string, string>());
        try
        {
            await platform.StartHostAsync();
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>The secret of an OAuth client.</summary>
    public static string SecretOf(string client) => $"secret-of-{client}-for-tests";

    /// <summary>Starts the AppHost, and waits until everything is ready.</summary>
    public async Task StartHostAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("EquecelPlatform.AppHost", "EquecelPlatform.AppHost.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EQUECEL_DATA"] = Folder;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Gateway__HttpPort"] = "0";
        start.Environment["Gateway__GrpcPort"] = "0";
        // Checkpoints are signed at the start and at the end, and not while a test alters what they vouch for.
        start.Environment["Records__CheckpointInterval"] = "1.00:00:00";
        foreach (var name in ClientNames)
        {
            start.Environment[$"Parameters__{name}-secret"] = SecretOf(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        host = Process.Start(start)!;
        host.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        host.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();

        await Eventually.IsAsync(FindFaultAsync);
        var gateway = await ResourceAsync("gateway");
        Gateway = AddressOf(gateway, "grpc");
        GatewayHttp = AddressOf(gateway, "http");
    }

    /// <summary>Presses Ctrl-C, and waits until the AppHost has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopHostAsync()
    {
        await Signal.SendAsync(host!.Id, "INT");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await host.WaitForExitAsync(patience.Token);
        var code = host.ExitCode;
        host.Dispose();
        host = null;
        return code;
    }

    /// <summary>Processes, of any user, that were started for this data folder.</summary>
    public IReadOnlyList<int> Processes() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, null))
            .Where(pid => pid != Environment.ProcessId && (Holds(pid, "cmdline") || Holds(pid, "environ")))];

    /// <summary>All resources as they are now.</summary>
    public async Task<ResourceList> ResourcesAsync() =>
        (await http.GetFromJsonAsync<ResourceList>(new Uri(Page, "resources"), Web))!;

    /// <summary>One resource as it is now.</summary>
    public async Task<ResourceState> ResourceAsync(string name) => (await ResourcesAsync()).Resources.Single(resource => resource.Name == name);

    /// <summary>Address of an endpoint of a resource.</summary>
    public async Task<Uri> AddressAsync(string resource, string endpoint) => AddressOf(await ResourceAsync(resource), endpoint);

    /// <summary>Ends a resource's process without a chance to tidy up.</summary>
    /// <returns>Waits until it was started again and is well.</returns>
    public async Task<Func<Task>> KillAsync(string resource)
    {
        var before = await ResourceAsync(resource);
        await Signal.SendAsync(before.Pid!.Value, "KILL");
        return () => Eventually.IsAsync(async () =>
            await ResourceAsync(resource) is { Health: "Healthy" } now && now.Restarts > before.Restarts ? null : $"{resource} is not well again");
    }

    /// <summary>A client of the platform.</summary>
    /// <param name="name">Name of the OAuth client.</param>
    /// <param name="address">Another address than the gateway's.</param>
    public EquecelClient Client(string name, Uri? address = null) => new(new()
    {
        GatewayAddress = address ?? Gateway,
        TokenAddress = GatewayHttp,
        ClientId = name,
        ClientSecret = SecretOf(name),
        UnaryDeadline = TimeSpan.FromSeconds(60),
        StreamPatience = TimeSpan.FromMinutes(2),
        MaxAttempts = 10,
    });

    /// <summary>Asks for a token.</summary>
    /// <param name="client">Name of the OAuth client.</param>
    /// <param name="scope">Scopes to ask for; null for all that it has.</param>
    public async Task<(int Status, JsonNode Answer)> AskTokenAsync(string client, string? scope = null)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = SecretOf(client),
        };
        if (scope is not null)
        {
            fields["scope"] = scope;
        }

        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(GatewayHttp, "connect/token"), form);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    /// <summary>Gets a token.</summary>
    public async Task<string> TokenAsync(string client) => (string)(await AskTokenAsync(client)).Answer["access_token"]!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await StopHostAsync();
        }

        http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Uri AddressOf(ResourceState resource, string endpoint) => resource.Endpoints.Single(known => known.Name == endpoint).Url;

    private async Task<string?> FindFaultAsync()
    {
        if (host!.HasExited)
        {
            throw new InvalidOperationException(Log);
        }

        var file = Path.Combine(Folder, "platform.json");
        if (!File.Exists(file))
        {
            return $"The AppHost did not start:\n{Log}";
        }

        Page = new Uri((string)JsonNode.Parse(await File.ReadAllTextAsync(file))!["page"]!);
        return (await ResourcesAsync()).Ready ? null : $"The platform is not ready:\n{Log}";
    }

    private bool Holds(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/{file}").AsSpan().IndexOf(Encoding.UTF8.GetBytes(Folder)) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }
}

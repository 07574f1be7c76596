using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Equecel.Client;

namespace Equecel.Benchmarks.Running;

/// <summary>The platform, started through its AppHost.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PlatformHome home;
    private readonly Process process;
    private readonly ConcurrentQueue<string> lastLines = new();
    private readonly HttpClient http = new();

    private PlatformProcess(PlatformHome home)
    {
        this.home = home;
        var start = new ProcessStartInfo("dotnet", [AppHost()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in home.Environment())
        {
            start.Environment[name] = value;
        }

        Clock = Stopwatch.StartNew();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Runs since the process was started.</summary>
    public Stopwatch Clock { get; }

    /// <summary>The repository that this program was built from.</summary>
    public static string Repository { get; } = typeof(PlatformProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Repository").Value!;

    /// <summary>Starts it, and returns at once.</summary>
    public static PlatformProcess Launch(PlatformHome home) => new(home);

    /// <summary>Asks how the resources are; null before the AppHost answers.</summary>
    /// <exception cref="InvalidOperationException">The AppHost has ended.</exception>
    public async Task<ResourceList?> FindResourcesAsync(CancellationToken cancellation)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The platform ended by itself:{Environment.NewLine}{string.Join(Environment.NewLine, lastLines)}");
        }

        var file = Path.Combine(home.Folder, "platform.json");
        try
        {
            using var platform = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellation));
            var page = new Uri(platform.RootElement.GetProperty("page").GetString()!);
            return ResourceList.Parse(await http.GetStringAsync(new Uri(page, "/resources"), cancellation));
        }
        catch (Exception e) when (e is IOException or JsonException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until every resource is ready.</summary>
    /// <exception cref="InvalidOperationException">The AppHost has ended.</exception>
    /// <exception cref="TimeoutException">It took more than two minutes.</exception>
    public async Task<ResourceList> WaitUntilReadyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await FindResourcesAsync(cancellation) is { Ready: true } resources)
            {
                return resources;
            }

            if (Clock.Elapsed > Patience)
            {
                throw new TimeoutException($"The platform is not ready:{Environment.NewLine}{string.Join(Environment.NewLine, lastLines)}");
            }

            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>Makes a client of the platform.</summary>
    /// <param name="name">Name of the OAuth client, such as <c>site-01</c>.</param>
    /// <param name="attempts">Attempts that each call gets.</param>
    /// <param name="address">Where it calls; null for the gateway.</param>
    public EquecelClient NewClient(string name, int attempts = 1, Uri? address = null) => new(new EquecelClientOptions
    {
        GatewayAddress = address ?? new Uri($"http://localhost:{home.GrpcPort}"),
        TokenAddress = new Uri($"http://localhost:{home.HttpPort}"),
        ClientId = name,
        ClientSecret = home[$"{name}-secret"],
        MaxAttempts = attempts,
    });

    /// <summary>The PostgreSQL server of the platform.</summary>
    public async Task<PostgresServer> GetPostgresAsync(CancellationToken cancellation) =>
        new((await GetAddressAsync("postgres", cancellation)).Port, home["postgres-password"]);

    /// <summary>Where a resource listens, by its name in the AppHost.</summary>
    public async Task<Uri> GetAddressAsync(string resource, CancellationToken cancellation) =>
        (await WaitUntilReadyAsync(cancellation))[resource].Endpoints[0].Url;

    /// <summary>What the resources' logs tell of failures, each with the line after it, which says more.</summary>
    public IReadOnlyList<string> ReadLoggedFailures()
    {
        var failures = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(home.Folder, "logs")).Order(StringComparer.Ordinal))
        {
            string[] lines = [.. ReadShared(file)];
            failures.AddRange(
                from i in Enumerable.Range(0, lines.Length)
                where lines[i].Contains("fail:", StringComparison.Ordinal) || lines[i].Contains("crit:", StringComparison.Ordinal)
                select $"{Path.GetFileName(file)}: {lines[i].Trim()} {(i + 1 < lines.Length ? lines[i + 1].Trim() : "")}");
        }

        return failures;
    }

    /// <summary>Stops everything, in order, and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        http.Dispose();
    }

    private static string AppHost()
    {
        var assembly = Path.Combine(Repository, "EquecelPlatform.AppHost/bin/Release/net10.0/EquecelPlatform.AppHost.dll");
        return File.Exists(assembly) ? assembly : throw new InvalidOperationException("The platform is not built: run eng/bench, or dotnet build EquecelPlatform.AppHost -c Release.");
    }

    private static IEnumerable<string> ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > 40)
            {
                lastLines.TryDequeue(out _);
            }
        }
    }
}

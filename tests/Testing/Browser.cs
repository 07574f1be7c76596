using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Equecel.Testing;

/// <summary>Chromium without a window, driven over its DevTools protocol: one page at a time.</summary>
/// <remarks>Needs the Debian package <c>chromium</c>. Protocol: <c>Page</c>, <c>Runtime</c>, <c>Network</c>, <c>Log</c> and <c>Emulation</c> domains.</remarks>
public sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket;
    private readonly List<JsonNode> events = [];
    private int calls;

    private Browser(Process process, string profile, ClientWebSocket socket) => (this.process, this.profile, this.socket) = (process, profile, socket);

    /// <summary>Starts it with an empty page.</summary>
    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("equecel-browser-").FullName;
        var start = new ProcessStartInfo(Find()) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
        [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
            "--remote-debugging-port=0", $"--user-data-dir={profile}", .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [], "about:blank",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var socket = new ClientWebSocket();
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(await PageAsync(profile, process, patience.Token), patience.Token);
            var browser = new Browser(process, profile, socket);
            foreach (var domain in (string[])["Page", "Runtime", "Network", "Log"])
            {
                await browser.CallAsync($"{domain}.enable", []);
            }

            return browser;
        }
        catch
        {
            socket.Dispose();
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Opens a file and waits until it is loaded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">Width of the window, in CSS pixels.</param>
    /// <param name="height">Height of the window, in CSS pixels.</param>
    public async Task OpenAsync(string path, int width, int height)
    {
        events.Clear();
        await CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await CallAsync("Page.navigate", new() { ["url"] = new Uri(Path.GetFullPath(path)).AbsoluteUri });
        while (!events.Exists(one => (string?)one["method"] == "Page.loadEventFired"))
        {
            events.Add(await ReadAsync());
        }
    }

    /// <summary>Addresses that the page has asked for, and what it has complained of, since it was opened.</summary>
    public (IReadOnlyList<string> Requests, IReadOnlyList<string> Complaints) Told() => (
        [.. events.Where(one => (string?)one["method"] == "Network.requestWillBeSent").Select(one => (string)one["params"]!["request"]!["url"]!)],
        [.. events.Where(one => (string?)one["method"] is "Log.entryAdded" or "Runtime.consoleAPICalled" or "Runtime.exceptionThrown").Select(one => one["params"]!.ToJsonString())]);

    /// <summary>Evaluates an expression in the page.</summary>
    /// <param name="expression">The expression; its value must be JSON.</param>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var result = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true });
        return result["exceptionDetails"] is { } failure ? throw new InvalidOperationException(failure.ToJsonString()) : result["result"]!["value"];
    }

    /// <summary>Has media queries see paper, or the screen again.</summary>
    /// <param name="isPrint">Whether paper.</param>
    public Task SetPrintAsync(bool isPrint) => CallAsync("Emulation.setEmulatedMedia", new() { ["media"] = isPrint ? "print" : "" });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(profile, recursive: true);
    }

    private static string Find() => Programs
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("Chromium is not on the path. Install the Debian package chromium.");

    private static async Task<Uri> PageAsync(string profile, Process process, CancellationToken cancellation)
    {
        // The port is written there once it is open.
        var file = Path.Combine(profile, "DevToolsActivePort");
        while (!File.Exists(file) || (await File.ReadAllLinesAsync(file, cancellation)).Length < 2)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"Chromium ended with {process.ExitCode}.");
            }

            await Task.Delay(50, cancellation);
        }

        using var http = new HttpClient();
        var port = (await File.ReadAllLinesAsync(file, cancellation))[0];
        var targets = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), cancellation))!.AsArray();
        return new Uri((string)targets.First(target => (string?)target!["type"] == "page")!["webSocketDebuggerUrl"]!);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var id = ++calls;
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        while (true)
        {
            var message = await ReadAsync();
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException(message.ToJsonString());
            }

            events.Add(message);
        }
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult read;
        do
        {
            read = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            message.Write(buffer, 0, read.Count);
        }
        while (!read.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}

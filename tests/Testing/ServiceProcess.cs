using System.Collections.Concurrent;
using System.Diagnostics;

namespace Equecel.Testing;

/// <summary>A service of ours as a process of its own, started from the tests' output folder.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> errors = new();

    private ServiceProcess(string assembly, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data is not null)
            {
                errors.Enqueue(line.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that it has written so far.</summary>
    public string Log => string.Join('\n', lines);

    /// <summary>Starts a service and waits until it is ready for calls.</summary>
    /// <param name="assembly">Its assembly, without the extension.</param>
    /// <param name="health">Address that answers 200 when it is ready.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="handler">How to reach it; null for plainly.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message is its log.</exception>
    public static async Task<ServiceProcess> StartAsync(
        string assembly, string health, IEnumerable<KeyValuePair<string, string>> environment, HttpMessageHandler? handler = null)
    {
        var service = new ServiceProcess(assembly, environment);
        using var http = new HttpClient(handler ?? new SocketsHttpHandler());
        while (true)
        {
            try
            {
                if ((await http.GetAsync(new Uri(health))).IsSuccessStatusCode)
                {
                    return service;
                }
            }
            catch (HttpRequestException) when (!service.process.HasExited)
            {
                await Task.Delay(50);
            }
            catch (HttpRequestException)
            {
                await service.process.WaitForExitAsync();
                throw new InvalidOperationException(service.Log);
            }
        }
    }

    /// <summary>Runs a service that is expected to end by itself.</summary>
    /// <param name="assembly">Its assembly, without the extension.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <returns>Its exit code, its log, and what of that it wrote as errors.</returns>
    /// <exception cref="OperationCanceledException">It has not ended after two minutes, and was killed.</exception>
    public static async Task<(int ExitCode, string Log, string Errors)> RunAsync(string assembly, IEnumerable<KeyValuePair<string, string>> environment)
    {
        await using var service = new ServiceProcess(assembly, environment);
        using var patience = new CancellationTokenSource(Patience);
        await service.process.WaitForExitAsync(patience.Token);
        return (service.process.ExitCode, service.Log, string.Join('\n', service.errors));
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}

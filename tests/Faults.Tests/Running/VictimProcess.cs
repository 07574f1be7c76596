using System.Collections.Concurrent;
using System.Diagnostics;

namespace Equecel.Faults.Tests.Running;

/// <summary>What is to be started.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Where it runs.</param>
internal sealed record Launch(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Its variables, beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The user that it runs as; null for this process's own.</summary>
    public string? User { get; init; }
}

/// <summary>A process that can be killed or frozen at any instant, and that the kernel ends with this one.</summary>
internal sealed class VictimProcess
{
    private static readonly BlockingCollection<Action> Spawning = [];

    private readonly Process process;

    // The kernel ends a child with the thread that started it, and pool threads come and go.
    static VictimProcess() => new Thread(() =>
    {
        foreach (var start in Spawning.GetConsumingEnumerable())
        {
            start();
        }
    })
    { IsBackground = true, Name = "spawner" }.Start();

    private VictimProcess(Process process, Action<string> onLine)
    {
        this.process = process;
        Id = process.Id;
        Exited = WatchAsync(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine));
    }

    /// <summary>Its process id.</summary>
    public int Id { get; }

    /// <summary>Ends with its exit code when it has ended.</summary>
    public Task<int> Exited { get; }

    /// <summary>Its input.</summary>
    public StreamWriter Input => process.StandardInput;

    /// <summary>Starts it.</summary>
    /// <param name="launch">What.</param>
    /// <param name="onLine">Gets each line that it writes.</param>
    public static async Task<VictimProcess> StartAsync(Launch launch, Action<string> onLine)
    {
        // One command does both: a change of user alone would undo what the kernel was told before.
        string[] user = launch.User is null ? [] : ["--reuid", launch.User, "--regid", launch.User, "--clear-groups"];
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", .. user, "--", launch.Program, .. launch.Arguments])
        {
            WorkingDirectory = launch.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Spawning.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return new VictimProcess(await started.Task, onLine);
    }

    /// <summary>Sends it a signal, unless it has ended.</summary>
    public void Send(Signal signal)
    {
        if (!Exited.IsCompleted)
        {
            Signals.Send(Id, signal);
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }

    private async Task<int> WatchAsync(params Task[] output)
    {
        await process.WaitForExitAsync();
        // What it started may hold its output open.
        await Task.WhenAny(Task.WhenAll(output), Task.Delay(500));
        var code = process.ExitCode;
        process.Dispose();
        return code;
    }
}

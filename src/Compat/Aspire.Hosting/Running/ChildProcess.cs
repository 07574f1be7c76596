using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>A process of the application, in a session of its own, so that Ctrl-C in the terminal reaches only this host.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan OutputAfterExit = TimeSpan.FromSeconds(1);

    private readonly Process process;

    private ChildProcess(Process process, Action<string> onLine)
    {
        this.process = process;
        Id = process.Id;
        process.StandardInput.Close();
        Exited = WatchAsync(Task.WhenAll(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine)));
    }

    /// <summary>Process id, which is also the id of its group.</summary>
    public int Id { get; }

    /// <summary>Ends with the exit code once the process and all of its group are gone.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="launch">The command.</param>
    /// <param name="onLine">Gets every line that it writes, from any thread.</param>
    public static async Task<ChildProcess> StartAsync(Launch launch, Action<string> onLine)
    {
        var info = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = launch.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        string[] user = launch.User is null ? [] : ["--reuid", launch.User, "--regid", launch.User, "--init-groups"];
        foreach (var argument in (string[])["setpriv", "--pdeathsig", launch.DeathSignal, .. user, "--", launch.Program, .. launch.Arguments])
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var own in info.Environment.Keys.Where(IsOwn).ToList())
        {
            info.Environment.Remove(own);
        }

        foreach (var (name, value) in launch.Environment)
        {
            info.Environment[name] = value;
        }

        return new ChildProcess(await Spawner.StartAsync(info), onLine);
    }

    /// <summary>Asks the process to end, and makes it when it takes too long.</summary>
    /// <param name="signal">What asks it.</param>
    /// <param name="grace">How long it may take.</param>
    public async Task StopAsync(int signal, TimeSpan grace)
    {
        Signals.Send(Id, signal);
        try
        {
            await Exited.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            Signals.SendToGroup(Id, Signals.Kill);
            await Exited;
        }
    }

    // Addresses, secrets and environment names are the host's own; a project gets those that the AppHost gives it.
    private static bool IsOwn(string variable) =>
        variable is "ASPNETCORE_URLS" or "ASPNETCORE_ENVIRONMENT" or "DOTNET_ENVIRONMENT" or "DOTNET_LAUNCH_PROFILE"
        || variable.StartsWith("Parameters__", StringComparison.OrdinalIgnoreCase);

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }

    private async Task<int> WatchAsync(Task output)
    {
        await process.WaitForExitAsync();
        Signals.SendToGroup(Id, Signals.Kill);
        // What it started outside of its group may hold the output open.
        await Task.WhenAny(output, Task.Delay(OutputAfterExit));
        var code = process.ExitCode;
        process.Dispose();
        return code;
    }
}

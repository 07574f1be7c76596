using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Equecel.Compat.Tests.Hosting;

/// <summary>The sample application, run as a program of its own on a data folder of its own.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder output = new();

    private SampleHost(ProcessStartInfo info, string dataFolder)
    {
        DataFolder = dataFolder;
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string DataFolder { get; }

    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts the application.</summary>
    /// <param name="parts">The servers that it has: postgres, messaging, cache; separated by commas.</param>
    /// <param name="dataFolder">Its data folder; a new one when not given.</param>
    /// <param name="user">The user that it runs as; the test's own when not given.</param>
    /// <param name="variables">Environment variables, <c>NAME=value</c>.</param>
    public static SampleHost Start(string parts = "", string? dataFolder = null, string? user = null, params string[] variables)
    {
        // Not below the repository: any user may run the application on it.
        dataFolder ??= Path.Combine(Path.GetTempPath(), $"equecel-host-{Guid.NewGuid():N}");
        string[] command = [Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", Assembly()];
        if (user is not null)
        {
            Directory.CreateDirectory(dataFolder);
            Process.Start("chown", [user, dataFolder]).WaitForExit();
            // Where the repository is root's own, as below /root, the user is let in by a right that does not make him root.
            string[] entry = Aspire.Hosting.Running.DataFolder.CanBePassed(Path.GetDirectoryName(Assembly())!) ? [] : ["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"];
            command = ["setpriv", "--reuid", user, "--regid", "nogroup", "--clear-groups", .. entry, "--", .. command];
        }

        var info = new ProcessStartInfo(command[0], command[1..])
        {
            // Anywhere: project paths start from the AppHost's own folder.
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in (string[])["ASPNETCORE_URLS=http://127.0.0.1:0", $"EQUECEL_DATA={dataFolder}", $"SAMPLE={parts}", .. variables])
        {
            var (name, value) = variable.Split('=', 2) is [var left, var right] ? (left, right) : throw new ArgumentException(variable);
            info.Environment[name] = value;
        }

        return new SampleHost(info, dataFolder);
    }

    /// <summary>Waits until something holds for the resources.</summary>
    public async Task<Resources> UntilAsync(Func<Resources, bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited || clock.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The application did not come as far.\n{Output}");
            }

            try
            {
                if (await GetAsync() is var resources && holds(resources))
                {
                    return resources;
                }
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or HttpRequestException)
            {
                // It has not come as far as its page.
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits until all resources are ready.</summary>
    public Task<Resources> UntilReadyAsync() => UntilAsync(resources => resources.Ready);

    /// <summary>Asks the page.</summary>
    public async Task<Resources> GetAsync() => (await Http.GetFromJsonAsync<Resources>(new Uri(PageUrl() + "/resources")))!;

    /// <summary>The address of the resource page.</summary>
    public string PageUrl() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(DataFolder, "platform.json"))).RootElement.GetProperty("page").GetString()!;

    /// <summary>Sends the host, and it alone, a signal.</summary>
    /// <param name="signal">Its name: INT, TERM, KILL.</param>
    public void Signal(string signal) => Signal(Id, signal);

    /// <summary>Sends a process a signal.</summary>
    public static void Signal(int processId, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the host's end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>The processes that descend from the host.</summary>
    public IReadOnlyList<int> Descendants()
    {
        var parents = Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Parent: Parent(name!)))
            .ToLookup(process => process.Parent, process => process.Id);
        return [.. Below(Id)];

        IEnumerable<int> Below(int id) => parents[id].SelectMany(child => Below(child).Prepend(child));
    }

    /// <summary>Whether a process runs.</summary>
    public static bool Runs(int processId) => Parent(processId.ToString(CultureInfo.InvariantCulture)) is not null;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Signal("TERM");
        }

        await ExitAsync();
        process.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    private static string Assembly([CallerFilePath] string file = "")
    {
        var configuration = typeof(SampleHost).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path.Combine(Path.GetDirectoryName(file)!, "Samples", "SampleAppHost", "bin", configuration, "net10.0", "Equecel.SampleAppHost.dll");
    }

    // Null when there is no such process, or only what is left until its parent asks how it ended.
    private static int? Parent(string processId)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{processId}/stat");
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Add(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}

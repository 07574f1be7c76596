using System.Diagnostics;

namespace Equecel.Testing;

/// <summary>
/// A server process in a folder of its own. It ends with this process, however that ends, and the folder goes with it.
/// </summary>
internal sealed class NativeServer : IDisposable
{
    // The shell stands between: it outlives a killed test process, sees its input end, ends the server and tidies up.
    // In a session of its own, Ctrl-C and a kill of the whole process group do not reach it. A death signal from the
    // kernel would come too early, when the thread that started the server ends. The server's children go with it, as
    // when the power fails: PostgreSQL does not start again while one of them still has its shared memory.
    private const string Guard = """
        folder=$1; shift
        end() {
            kill -STOP $server
            children=$(cat /proc/$server/task/*/children)
            kill -KILL $server $children
            wait $server
            for child in $children; do
                while grep -q . /proc/$child/cmdline; do sleep 0.02; done
            done
        } 2> /dev/null
        mkfifo "$folder/input"
        "$@" < "$folder/input" >> "$folder/log" 2>&1 &
        server=$!
        exec 4> "$folder/input"
        rm "$folder/input"
        while read -r line; do
            if [ "$line" = stop ]; then end; exit; fi
            printf '%s\n' "$line" >&4
        done
        end
        until rm -rf "$folder"; do sleep 0.2; done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<string> command;
    private readonly IReadOnlyDictionary<string, string> environment;
    private Process? guard;

    /// <param name="folder">Its own folder, which exists; see <see cref="CreateFolder"/>.</param>
    /// <param name="command">The program's path and its arguments.</param>
    /// <param name="environment">Variables for it, beside those of this process.</param>
    public NativeServer(
        string folder, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        Folder = folder;
        this.command = command;
        this.environment = environment ?? new Dictionary<string, string>();
    }

    /// <summary>Where it keeps everything.</summary>
    public string Folder { get; }

    /// <summary>What it has written so far.</summary>
    public string Log
    {
        get
        {
            using var reader = new StreamReader(
                new FileStream(Path.Combine(Folder, "log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    /// <summary>Makes a folder for a server under the folder for temporary files.</summary>
    public static string CreateFolder(string server)
    {
        var folder = Directory.CreateTempSubdirectory($"equecel-{server}-").FullName;
        // The server may run as another user, who has to get in.
        Command.Run(["chmod", "711", folder]);
        return folder;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="ready">Says whether it answers; asked again and again.</param>
    /// <exception cref="InvalidOperationException">It does not answer in two minutes; the message has its log.</exception>
    public async Task StartAsync(Func<Task<bool>> ready)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, WorkingDirectory = Folder };
        foreach (var argument in (IEnumerable<string>)["sh", "-c", Guard, "guard", Folder, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        guard = Process.Start(start)!;
        var started = Stopwatch.StartNew();
        while (!await ready())
        {
            if (started.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{command[0]} does not answer. Its log:\n{Log}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Sends a line to its input.</summary>
    public async Task WriteLineAsync(string line)
    {
        var input = guard!.StandardInput;
        await input.WriteLineAsync(line);
        await input.FlushAsync();
    }

    /// <summary>Kills it at once, as when the power fails; its folder stays, for another start.</summary>
    public async Task StopAsync()
    {
        if (guard is null)
        {
            return;
        }

        await WriteLineAsync("stop");
        await guard.WaitForExitAsync();
        guard.Dispose();
        guard = null;
    }

    /// <summary>Kills it and removes its folder.</summary>
    public void Dispose()
    {
        if (guard is null)
        {
            Directory.Delete(Folder, recursive: true);
            return;
        }

        guard.StandardInput.Close();
        guard.WaitForExit();
        guard.Dispose();
        guard = null;
    }
}

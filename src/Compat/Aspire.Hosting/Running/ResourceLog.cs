using System.Text.RegularExpressions;

namespace Aspire.Hosting.Running;

/// <summary>What one resource writes: shown with its name, kept in a file, the last lines at hand.</summary>
internal sealed partial class ResourceLog : IDisposable
{
    private const int Remembered = 100;

    private static readonly int[] Colours = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];
    private static readonly bool Coloured = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private static readonly Lock Screen = new();
    private static int count;

    private readonly Queue<string> last = [];
    private readonly StreamWriter file;
    private readonly string prefix;

    /// <summary>Begins a resource's log; that of the run before is kept as <c>.previous.log</c>.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="folder">Where the file goes.</param>
    public ResourceLog(string name, string folder)
    {
        var path = Path.Combine(folder, name + ".log");
        if (File.Exists(path))
        {
            File.Move(path, Path.Combine(folder, name + ".previous.log"), overwrite: true);
        }

        file = new StreamWriter(path) { AutoFlush = true };
        var colour = Colours[Interlocked.Increment(ref count) % Colours.Length];
        prefix = Coloured ? $"\e[{colour}m{name,-10}\e[0m " : $"{name,-10} ";
    }

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Last
    {
        get
        {
            lock (last)
            {
                return [.. last];
            }
        }
    }

    /// <summary>Adds a line.</summary>
    public void Write(string line)
    {
        line = ControlSequence().Replace(line, "");
        lock (last)
        {
            if (last.Count == Remembered)
            {
                last.Dequeue();
            }

            last.Enqueue(line);
            if (file.BaseStream is not null)
            {
                file.WriteLine($"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {line}");
            }
        }

        lock (Screen)
        {
            Console.Out.WriteLine(prefix + line);
        }
    }

    public void Dispose()
    {
        lock (last)
        {
            file.Dispose();
        }
    }

    // Colours of the program's own, and whatever else could take hold of the terminal.
    [GeneratedRegex(@"\e\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0B-\x1F\x7F]")]
    private static partial Regex ControlSequence();
}

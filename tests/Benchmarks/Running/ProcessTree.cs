using System.Diagnostics;
using System.Globalization;

namespace Equecel.Benchmarks.Running;

/// <summary>What a process and all that it started use, as Linux counts it in <c>/proc</c>.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor time so far, with that of processes which have ended.</summary>
    /// <param name="root">The process.</param>
    public static double CpuSeconds(int root)
    {
        // Of the numbers after the name: 11 and 12 are the process's own time, 13 and 14 that of its ended children.
        var all = ReadAll();
        return Members(root, all).Sum(pid => all[pid][11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))) / TicksPerSecond;
    }

    /// <summary>Proportional set size in MB: memory of its own, and its part of what it shares.</summary>
    /// <param name="root">The process.</param>
    public static double PssMegabytes(int root) => Members(root, ReadAll()).Sum(ReadPss) / 1024;

    /// <summary>Sends a signal to a process and all that it started.</summary>
    /// <param name="root">The process.</param>
    /// <param name="signal">The signal's name, such as <c>STOP</c>.</param>
    public static async Task SignalAsync(int root, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. Members(root, ReadAll()).Select(pid => $"{pid}")]);
        await kill.WaitForExitAsync();
    }

    private static IEnumerable<int> Members(int root, Dictionary<int, string[]> all)
    {
        var members = new Queue<int>(all.ContainsKey(root) ? [root] : []);
        while (members.TryDequeue(out var member))
        {
            yield return member;
            foreach (var (pid, fields) in all)
            {
                if (fields[1] == member.ToString(CultureInfo.InvariantCulture))
                {
                    members.Enqueue(pid);
                }
            }
        }
    }

    private static Dictionary<int, string[]> ReadAll()
    {
        var all = new Dictionary<int, string[]>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Read(Path.Combine(folder, "stat")) is { } stat)
            {
                all[pid] = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            }
        }

        return all;
    }

    private static double ReadPss(int pid) =>
        Read($"/proc/{pid}/smaps_rollup")?.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : 0;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }
}

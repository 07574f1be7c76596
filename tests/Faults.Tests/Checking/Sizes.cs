using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Checking;

/// <summary>How large a process is.</summary>
/// <param name="Megabytes">Memory that is its own.</param>
/// <param name="Files">Open files and connections.</param>
/// <param name="Threads">Threads.</param>
internal sealed record Size(long Megabytes, int Files, int Threads);

/// <summary>Looks whether processes and connections return to their size once nothing happens.</summary>
internal static class Sizes
{
    private const int MoreFiles = 80;
    private const int MoreThreads = 60;
    private const long MoreMegabytes = 300;
    private const int MostOnALink = 40;
    // The two pools of a service hold 12 and 8.
    private const int MostOfAProgram = 20;

    /// <summary>Measures the services.</summary>
    public static Dictionary<string, Size> Of(Platform platform) =>
        platform.Services.Where(service => service.Pid is not null).ToDictionary(service => service.Name, service => Of(service.Pid!.Value));

    /// <summary>Finds what has grown beyond what work explains.</summary>
    /// <param name="before">The sizes when little had happened.</param>
    /// <param name="now">The sizes now.</param>
    /// <param name="links">Open connections by link.</param>
    /// <param name="sessions">Sessions in the database by program.</param>
    public static IEnumerable<string> Faults(
        IReadOnlyDictionary<string, Size> before, IReadOnlyDictionary<string, Size> now, IEnumerable<(string Link, int Count)> links, IEnumerable<(string Program, long Count)> sessions)
    {
        foreach (var (name, size) in now)
        {
            if (before.TryGetValue(name, out var first)
                && (size.Files > first.Files + MoreFiles || size.Threads > first.Threads + MoreThreads || size.Megabytes > first.Megabytes + MoreMegabytes))
            {
                yield return $"{name} does not return to its size: {first} when little had happened, now {size}";
            }
        }

        foreach (var (link, count) in links.Where(link => link.Count > MostOnALink && !link.Link.StartsWith("sites-", StringComparison.Ordinal)))
        {
            yield return $"{count} connections are open on the link {link}";
        }

        foreach (var (program, count) in sessions.Where(session => session.Count > MostOfAProgram))
        {
            yield return $"{count} sessions of {program} are open in the database";
        }
    }

    private static Size Of(int pid)
    {
        var anonymous = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return new Size(
            long.Parse(anonymous.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null) / 1024,
            Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length,
            Directory.GetFileSystemEntries($"/proc/{pid}/task").Length);
    }
}

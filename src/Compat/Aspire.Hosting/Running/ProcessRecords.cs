using System.Globalization;

namespace Aspire.Hosting.Running;

/// <summary>Remembers which processes run, so that a host that comes after a crash ends what the crash left, and nothing else.</summary>
/// <param name="folder">Where the records go, a file a process.</param>
internal sealed class ProcessRecords(string folder)
{
    /// <summary>Remembers a process.</summary>
    public void Add(string name, int processId) => File.WriteAllText(Path.Combine(folder, name), $"{processId} {Birth(processId)}");

    /// <summary>Forgets a process.</summary>
    public void Remove(string name) => File.Delete(Path.Combine(folder, name));

    /// <summary>Ends what an earlier host left running.</summary>
    public async Task EndLeftoversAsync()
    {
        foreach (var record in Directory.GetFiles(folder))
        {
            if ((await File.ReadAllTextAsync(record)).Split(' ', 2) is [var id, var birth]
                && int.TryParse(id, CultureInfo.InvariantCulture, out var processId))
            {
                while (Birth(processId) == birth)
                {
                    Signals.SendToGroup(processId, Signals.Kill);
                    await Task.Delay(20);
                }
            }

            File.Delete(record);
        }
    }

    // A process id comes again; together with the boot and the tick of its start it does not.
    private static string? Birth(int processId)
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var status = File.ReadAllText($"/proc/{processId}/stat");
            // The second field is a name in parentheses that may hold blanks; the start is the 22nd field, the state the third.
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" ? null : $"{boot} {fields[19]}";
        }
        catch (IOException)
        {
            return null;
        }
    }
}

using System.Diagnostics;

namespace Equecel.Faults.Tests.Running;

/// <summary>A folder that can run full: a small file system in memory where this user may mount one, else an ordinary folder.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 900;

    /// <param name="folder">The folder, which is made.</param>
    public SmallDisk(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        CanRunFull = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=755", "tmpfs", folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Whether it can.</summary>
    public bool CanRunFull { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Leaves no space at all.</summary>
    public void Fill() => Run("dd", "if=/dev/zero", $"of={Ballast}", "bs=64k");

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Ballast);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The last processes of a killed server may take a moment to be gone.
        for (var attempt = 0; CanRunFull && !Run("umount", [.. attempt < 50 ? (string[])[] : ["--lazy"], Folder]); attempt++)
        {
            await Task.Delay(100);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

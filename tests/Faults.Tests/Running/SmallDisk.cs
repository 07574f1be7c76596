using System.Diagnostics;

namespace Equecel.Faults.Tests.Running;

/// <summary>A folder that can run full: a small file system in memory where this user may mount one, else an ordinary folder.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 900;
    private const long LeastSpace = 64 * 1024;

    private readonly bool isMounted;

    /// <param name="folder">The folder, which is made.</param>
    public SmallDisk(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        isMounted = Hindrance is null && Mount(folder);
    }

    /// <summary>Why a folder cannot run full on this machine; null when it can.</summary>
    public static string? Hindrance { get; } = CanMount() ? null : "This user may not mount the small file system that would run full.";

    /// <summary>The folder.</summary>
    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Leaves no space at all.</summary>
    /// <returns>Whether none is left.</returns>
    public bool Fill()
    {
        Run("dd", "if=/dev/zero", $"of={Ballast}", "bs=64k");
        return new DriveInfo(Folder).AvailableFreeSpace < LeastSpace;
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Ballast);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The last processes of a killed server may take a moment to be gone.
        for (var attempt = 0; isMounted && !Run("umount", [.. attempt < 50 ? (string[])[] : ["--lazy"], Folder]); attempt++)
        {
            await Task.Delay(100);
        }
    }

    private static bool CanMount()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("equecel-disk-").FullName;
        var mounted = Mount(folder) && Run("umount", folder);
        Directory.Delete(folder);
        return mounted;
    }

    private static bool Mount(string folder) => Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=755", "tmpfs", folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

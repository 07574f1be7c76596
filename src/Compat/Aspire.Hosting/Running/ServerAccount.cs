using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>The system user that a native server runs as: root hands servers to the users that their packages made.</summary>
internal static class ServerAccount
{
    /// <summary>Finds the user.</summary>
    /// <param name="name">The user that the server's package makes.</param>
    /// <returns>Null when this process's own user is to be used.</returns>
    public static string? Find(string name) =>
        Environment.IsPrivilegedProcess && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ':', StringComparison.Ordinal)) ? name : null;

    /// <summary>Who owns a folder; null when it is this process's own user.</summary>
    public static string? FindOtherOwner(string path)
    {
        // The program that tells is this process's user as well.
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-L", "-c", "%u %U", "/proc/self", path]) { RedirectStandardOutput = true })!;
        var owners = stat.StandardOutput.ReadToEnd().Split('\n');
        stat.WaitForExit();
        return owners[0] == owners[1] ? null : owners[1].Split(' ')[1];
    }

    /// <summary>Makes a folder that only the server's user reads.</summary>
    public static void CreateFolder(string path, string? user)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Give(path, user);
    }

    /// <summary>Writes a file that only the server's user reads.</summary>
    public static void WriteFile(string path, string content, string? user)
    {
        PrivateFile.Write(path, content);
        Give(path, user);
    }

    private static void Give(string path, string? user)
    {
        if (user is null)
        {
            return;
        }

        using var chown = Process.Start("chown", [$"{user}:", path]);
        chown.WaitForExit();
    }
}

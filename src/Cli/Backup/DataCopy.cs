using System.Diagnostics;

namespace Equecel.Cli.Backup;

/// <summary>A backup's data directory, copied beside the databases that are there and then put in their place.</summary>
internal static class DataCopy
{
    /// <summary>Copies it, for the server's user.</summary>
    /// <param name="plan">What to restore.</param>
    /// <param name="tell">Told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task MakeAsync(RestorePlan plan, Action<string> tell, CancellationToken cancellation)
    {
        Remove(plan);
        var source = new DirectoryInfo(BackupNote.DataOf(plan.Backup));
        var files = source.GetFiles("*", SearchOption.AllDirectories);
        var (all, done) = (Math.Max(files.Sum(file => file.Length), 1), 0L);
        PlatformFolder.CreatePrivate(plan.Next);
        foreach (var folder in source.GetDirectories("*", SearchOption.AllDirectories))
        {
            PlatformFolder.CreatePrivate(Path.Combine(plan.Next, Path.GetRelativePath(source.FullName, folder.FullName)));
        }

        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            file.CopyTo(Path.Combine(plan.Next, Path.GetRelativePath(source.FullName, file.FullName)));
            done += file.Length;
            tell($"{100 * done / all}%");
        }

        if (PostgresTools.ServerUser is { } user)
        {
            await RunAsync("chown", "-R", $"{user}:", plan.Next);
        }
    }

    /// <summary>Removes what was copied.</summary>
    public static void Remove(RestorePlan plan)
    {
        if (Directory.Exists(plan.Next))
        {
            Directory.Delete(plan.Next, recursive: true);
        }
    }

    /// <summary>Puts the copy in the place of the databases that are there.</summary>
    /// <returns>Where these are now; null when there were none.</returns>
    public static async Task<string?> TakePlaceAsync(RestorePlan plan)
    {
        File.Delete(Path.Combine(plan.Next, "equecel-restore-hba.conf"));
        await RunAsync("sync", "-f", plan.Next);
        string? aside = null;
        if (Directory.Exists(plan.Platform.Data))
        {
            aside = plan.Platform.Data + plan.Aside;
            Directory.Move(plan.Platform.Data, aside);
        }

        // The archive of another PostgreSQL has other things under the same names.
        if (plan.IsOtherSystem && Directory.Exists(plan.Platform.WalArchive))
        {
            Directory.Move(plan.Platform.WalArchive, plan.Platform.WalArchive + plan.Aside);
        }

        Directory.Move(plan.Next, plan.Platform.Data);
        return aside;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{program} {string.Join(' ', arguments)} failed.");
        }
    }
}

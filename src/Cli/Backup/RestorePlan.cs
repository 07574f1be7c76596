using System.Globalization;
using System.Text.RegularExpressions;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary>What a restore is to do, once it is found to be possible.</summary>
internal sealed partial class RestorePlan
{
    public required PlatformFolder Platform { get; init; }

    public required string Backup { get; init; }

    public required BackupNote Note { get; init; }

    public required PostgresTools Tools { get; init; }

    /// <summary>The instant to restore to; null for all there is.</summary>
    public required DateTimeOffset? To { get; init; }

    /// <summary>Timeline to follow: <c>latest</c> or a number.</summary>
    public required string Timeline { get; init; }

    /// <summary>Folders with the databases' log, archived or not.</summary>
    public required IReadOnlyList<string> Logs { get; init; }

    /// <summary>Whether the databases that are there now are of the same PostgreSQL as the backup.</summary>
    public required bool IsSameSystem { get; init; }

    /// <summary>Whether the databases that are there now are of another one.</summary>
    public required bool IsOtherSystem { get; init; }

    /// <summary>The transaction id up to which ids may have been given to somebody; those of the restored databases begin after it.</summary>
    public required ulong LastTransaction { get; init; }

    /// <summary>What the names of things that are put aside end with.</summary>
    public string Aside { get; } = $".before-{DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>Where the databases are made, before they take the place of the old ones.</summary>
    public string Next => Platform.Data + ".next";

    /// <summary>The shell command by which PostgreSQL fetches a piece of the log.</summary>
    public string FetchCommand => string.Join(
        " ",
        Logs.Select((log, i) => $"{(i == 0 ? "if" : "elif")} [ -f {Quote(log)}/%f.gz ]; then gzip -dc {Quote(log)}/%f.gz > \"%p\"; elif [ -f {Quote(log)}/%f ]; then cp {Quote(log)}/%f \"%p\";"))
        + " else exit 1; fi";

    /// <summary>Looks at what is there.</summary>
    /// <param name="platform">The platform's folder.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="to">The instant; null for all there is.</param>
    /// <param name="log">Folder with the archived log; null for the platform's own.</param>
    /// <param name="timeline">Timeline to follow.</param>
    /// <param name="force">Whether databases that are there may be put aside.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CliException">It cannot or may not be done.</exception>
    public static async Task<RestorePlan> MakeAsync(
        PlatformFolder platform, string backup, DateTimeOffset? to, string? log, string timeline, bool force, CancellationToken cancellation)
    {
        if (platform.HasHost() || platform.FindPort() is not null)
        {
            throw new CliException($"The platform runs on {platform.Home}. Stop it, then restore.");
        }

        var note = BackupNote.Read(backup);
        if (to < note.CompleteTime)
        {
            throw new CliException($"This backup was complete at {RestoreReport.Instant(note.CompleteTime)}, after the instant asked for. Restore an older backup to get there.");
        }

        if (platform.HasData && !force)
        {
            throw new CliException($"There are databases in {platform.Data}. With --force they are put aside, beside it, and the restored ones take their place.");
        }

        var tools = PostgresTools.Find(BackupNote.DataOf(backup));
        var control = platform.HasData ? await tools.RunAsync("pg_controldata", [platform.Data], null, _ => { }, cancellation) : "";
        var isSameSystem = SystemIdentifier().Match(control).Groups[1].Value == note.SystemIdentifier;
        var logs = new List<string> { log ?? platform.WalArchive };
        if (isSameSystem)
        {
            // What was not archived yet when the server ended.
            logs.Add(Path.Combine(platform.Data, "pg_wal"));
        }

        return new RestorePlan
        {
            Platform = platform,
            Backup = backup,
            Note = note,
            Tools = tools,
            To = to,
            Timeline = timeline,
            Logs = logs.ConvertAll(Path.GetFullPath),
            IsSameSystem = isSameSystem,
            IsOtherSystem = platform.HasData && !isSameSystem,
            LastTransaction = isSameSystem ? LastTransactionOf(control) : 0,
        };
    }

    // A server that ended by itself says the next id exactly; after a crash the last checkpoint's is at most five minutes old.
    private static ulong LastTransactionOf(string control)
    {
        var next = NextTransaction().Match(control);
        return (ulong.Parse(next.Groups[1].Value, CultureInfo.InvariantCulture) << 32) + ulong.Parse(next.Groups[2].Value, CultureInfo.InvariantCulture)
            + (control.Contains("shut down\n", StringComparison.Ordinal) ? 0UL : 1_000_000UL);
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"Database system identifier: +(\d+)")]
    private static partial Regex SystemIdentifier();

    [GeneratedRegex(@"NextXID: +(\d+):(\d+)")]
    private static partial Regex NextTransaction();
}

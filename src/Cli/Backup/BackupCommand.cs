using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary><c>equecel backup</c>: copies the databases of the running platform, so that they can be restored to that moment or any later one.</summary>
internal sealed partial class BackupCommand : PlatformCommand
{
    private readonly Argument<string> folder = new("folder") { Description = "Where the backup goes: a folder that is not there yet, or is empty." };
    private readonly Option<string> data;
    private readonly Option<bool> prune = new("--prune")
    {
        Description = "Then take what is older than this backup out of the archive of the databases' log. Older backups can then be restored only to the moment at which they were made.",
    };

    private readonly Option<string?> log = new("--wal")
    {
        Description = "The archive of the databases' log, for --prune, where it is not the one in the data folder.",
        HelpName = "folder",
    };

    /// <summary>Makes the command.</summary>
    public BackupCommand(Surroundings surroundings)
        : base("backup", "Copies the databases of the running platform into a folder. Run it on the machine of the servers.", surroundings)
    {
        data = PlatformFolder.Option(surroundings);
        Add(folder);
        Add(data);
        Add(prune);
        Add(log);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Tonight's backup, on another disk", "equecel backup /mnt/backup/2026-03-01"),
        ("The same, and what of the log was needed for older backups alone is taken out", "equecel backup /mnt/backup/2026-03-01 --prune --wal /mnt/archive"),
        ("Of a platform that keeps its data elsewhere", "equecel backup /mnt/backup/2026-03-01 --data /srv/equecel"),
    ];

    /// <inheritdoc/>
    protected override string WhenStopped => "Stopped. The folder holds no whole backup: remove it.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var platform = PlatformFolder.Open(parsed.GetValue(data)!, terminal.Surroundings);
        var archive = FindArchive(parsed, platform);
        var port = platform.FindPort()
            ?? throw new CliException($"PostgreSQL does not run on {platform.Data}. Start the platform, then make the backup.");
        var password = platform.GetPassword();
        var backup = MakeFolder(parsed.GetValue(folder)!);
        var tools = PostgresTools.Find(platform.Data);
        var databases = Databases.On(port, password);

        await Steps.RunAsync(terminal, "Copying the databases", tell => tools.RunAsync(
            "pg_basebackup",
            [
                "--host=127.0.0.1", $"--port={port}", "--username=postgres", "--no-password", $"--pgdata={BackupNote.DataOf(backup)}", "--wal-method=stream",
                "--checkpoint=fast", "--manifest-checksums=SHA256", "--progress", "--label=equecel",
            ],
            password, line => tell(Percent().Match(line) is { Success: true } far ? far.Value : ""), cancellationToken));
        await Steps.RunAsync(terminal, "Verifying the copy", _ => tools.RunAsync("pg_verifybackup", [BackupNote.DataOf(backup)], null, _ => { }, cancellationToken));

        var note = await DescribeAsync(databases, backup, cancellationToken);
        note.WriteTo(backup);
        var pruned = archive is null ? 0 : WalArchive.Prune(archive, note.FirstWal);
        Say(terminal, backup, note, archive, pruned);
        return ExitCode.Good;
    }

    /// <summary>The archive that is pruned; null for none.</summary>
    /// <exception cref="CliException">There is none where it is said to be.</exception>
    private string? FindArchive(ParseResult parsed, PlatformFolder platform)
    {
        if (parsed.GetValue(log) is not { } named)
        {
            return parsed.GetValue(prune) ? platform.WalArchive : null;
        }

        if (!parsed.GetValue(prune))
        {
            throw new CliException("--wal names the archive that --prune takes from. Give both, or neither.");
        }

        return Directory.Exists(named) ? named : throw new CliException($"{named} is no folder. Name the one that Postgres__WalArchive names.");
    }

    private static string MakeFolder(string path)
    {
        var folder = Path.GetFullPath(path);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new CliException($"{folder} is there already and is not empty. Name a folder of its own for each backup.");
        }

        PlatformFolder.CreatePrivate(folder);
        return folder;
    }

    private static async Task<BackupNote> DescribeAsync(Databases databases, string backup, CancellationToken cancellation)
    {
        var journals = new List<JournalCount>();
        foreach (var database in await databases.JournalsAsync(cancellation))
        {
            journals.Add(await databases.CountAsync(database, cancellation));
        }

        var label = await File.ReadAllTextAsync(Path.Combine(BackupNote.DataOf(backup), "backup_label"), cancellation);
        return new BackupNote(
            await databases.AskAsync<string>("postgres", "select system_identifier::text from pg_control_system()", cancellation),
            await databases.AskAsync<DateTimeOffset>("postgres", "select clock_timestamp()", cancellation),
            FirstWal().Match(label).Groups[1].Value,
            journals);
    }

    private static void Say(Terminal terminal, string backup, BackupNote note, string? archive, int pruned)
    {
        if (terminal.Json)
        {
            terminal.SayJson(new { folder = backup, note.CompleteTime, note.Journals, prunedCount = pruned });
            return;
        }

        terminal.SayTable(
            ["Journal", ">Versions", "Last saved"],
            note.Journals.Select(journal => (string[])
                [journal.Database, journal.VersionCount.ToString("N0", CultureInfo.InvariantCulture), RestoreReport.Instant(journal.LastSaveTime)]));
        terminal.Say($"{backup} can be restored to {RestoreReport.Instant(note.CompleteTime)} and, while the archive of the databases' log is kept, to any later instant.");
        if (archive is not null)
        {
            terminal.Say(pruned > 0
                ? $"{pruned} older pieces of the log were taken out of {archive}."
                : $"{archive} holds no older piece of the log. Where Postgres__WalArchive names another folder, --wal has to name it too.");
        }

        terminal.Say("It holds clinical data and no secrets: keep it as you keep the platform's own folder, and keep a copy of secrets.json apart from it.");
    }

    [GeneratedRegex(@"\d+%")]
    private static partial Regex Percent();

    [GeneratedRegex(@"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")]
    private static partial Regex FirstWal();
}

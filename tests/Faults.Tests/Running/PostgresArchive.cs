using System.Globalization;

namespace Equecel.Faults.Tests.Running;

/// <summary>A base backup of the database server and its archived log, made and put back with PostgreSQL's own tools.</summary>
/// <param name="postgres">The server.</param>
internal sealed class PostgresArchive(PostgresPart postgres)
{
    private readonly string archive = Path.Combine(postgres.Disk.Folder, "archive");
    private readonly string backup = Path.Combine(postgres.Disk.Folder, "backup");

    /// <summary>Begins to archive, and makes a base backup.</summary>
    public async Task BeginAsync()
    {
        foreach (var folder in (string[])[archive, backup])
        {
            Command.Run(["install", "-d", "-m", "700", "-o", PostgresTemplate.ServerUser ?? Environment.UserName, folder]);
        }

        // The file gets its name when it is complete.
        postgres.Settings.AddRange(["archive_mode=on", $"archive_command=cp %p {archive}/%f.next && mv {archive}/%f.next {archive}/%f", "wal_level=replica", "max_wal_senders=4"]);
        await postgres.StopAsync();
        await postgres.StartAsync();
        Command.Run([.. PostgresTemplate.AsServerUser, Path.Combine(TestPostgres.Programs, "pg_basebackup"), "-h", "127.0.0.1", "-p", $"{postgres.Port}", "-U", "postgres", "-D", backup, "-c", "fast", "-X", "none"]);
    }

    /// <summary>Waits until everything up to now is archived.</summary>
    public async Task FinishAsync()
    {
        await postgres.ExecuteAsync("postgres", "select pg_switch_wal()");
        while (Directory.EnumerateFiles(Path.Combine(postgres.Data, "pg_wal", "archive_status"), "*.ready").Any())
        {
            await Task.Delay(100);
        }
    }

    /// <summary>Puts the server back to an instant. It runs again afterwards, and can be written to.</summary>
    public async Task RestoreAsync(DateTime instant)
    {
        postgres.Kill();
        await postgres.GoneAsync();
        Directory.Delete(postgres.Data, recursive: true);
        Directory.Move(backup, postgres.Data);
        await File.WriteAllTextAsync(Path.Combine(postgres.Data, "recovery.signal"), "");
        var target = string.Create(CultureInfo.InvariantCulture, $"{instant:yyyy-MM-dd HH:mm:ss.ffffff}+00");
        postgres.Settings.AddRange([$"restore_command=cp {archive}/%f %p", $"recovery_target_time={target}", "recovery_target_action=promote"]);
        await postgres.StartAsync();
        await postgres.ExecuteAsync("postgres", "do $$ begin while pg_is_in_recovery() loop perform pg_sleep(0.1); end loop; end $$");
    }
}

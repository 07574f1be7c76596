using System.Text.Json;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary>What is written beside a backup, so that a restore knows what it has.</summary>
/// <param name="SystemIdentifier">Which PostgreSQL it is of.</param>
/// <param name="CompleteTime">When it was complete: the earliest instant that it can be restored to.</param>
/// <param name="FirstWal">The first piece of the log that a restore needs, as in the archive's file names.</param>
/// <param name="Journals">What the journals held then.</param>
internal sealed record BackupNote(string SystemIdentifier, DateTimeOffset CompleteTime, string FirstWal, IReadOnlyList<JournalCount> Journals)
{
    private const string Name = "equecel-backup.json";

    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The data directory in a backup.</summary>
    public static string DataOf(string backup) => Path.Combine(backup, "data");

    /// <summary>Writes it. Only a backup with it is whole.</summary>
    public void WriteTo(string backup) => File.WriteAllText(Path.Combine(backup, Name), JsonSerializer.Serialize(this, Style));

    /// <summary>Reads it.</summary>
    /// <exception cref="CliException">The folder holds no whole backup.</exception>
    public static BackupNote Read(string backup)
    {
        var file = Path.Combine(backup, Name);
        return File.Exists(file)
            ? JsonSerializer.Deserialize<BackupNote>(File.ReadAllText(file), Style)!
            : throw new CliException($"{backup} holds no whole backup: there is no {Name}. Name a folder that equecel backup made.");
    }
}

/// <summary>What a journal holds.</summary>
/// <param name="Database">Name of its database.</param>
/// <param name="VersionCount">Versions in it.</param>
/// <param name="LastSaveTime">When the last of them was saved; null when it is empty.</param>
internal sealed record JournalCount(string Database, long VersionCount, DateTimeOffset? LastSaveTime);

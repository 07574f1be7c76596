using System.Globalization;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary>What a restore did.</summary>
/// <param name="To">The instant that was asked for; null for all there was.</param>
/// <param name="Journals">What the journals hold now.</param>
/// <param name="PutAside">Where the databases are that were there before; null when there were none.</param>
/// <param name="UndoneCheckpointCount">Signed checkpoints of the time that was undone, which were put aside.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record RestoreReport(DateTimeOffset? To, IReadOnlyList<RestoredJournal> Journals, string? PutAside, int UndoneCheckpointCount, double Seconds)
{
    /// <summary>An instant as people read it.</summary>
    public static string Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Says it.</summary>
    public void Say(Terminal terminal)
    {
        if (terminal.Json)
        {
            terminal.SayJson(this);
            return;
        }

        terminal.SayTable(
            ["Journal", ">Versions", "Last saved", "Current state"],
            Journals.Select(journal => (string[])
            [
                journal.Database, journal.VersionCount.ToString("N0", CultureInfo.InvariantCulture), Instant(journal.LastSaveTime),
                journal.IsCurrentStateGood ? "follows from the journal" : "is made anew at the next start",
            ]));
        terminal.Say(FormattableString.Invariant(
            $"Restored {(To is null ? "everything that was known" : $"to {Instant(To)}")} in {Seconds:0.0} s. The relays begin again: every version is published once more, which changes nothing where it is known."));
        if (UndoneCheckpointCount > 0)
        {
            terminal.Say($"{UndoneCheckpointCount} signed checkpoints of the time that was undone were put aside, beside those that still hold.");
        }

        if (PutAside is not null)
        {
            terminal.Say($"The databases that were there before are in {PutAside}. Remove them when you are sure.");
        }

        terminal.Say("Start the platform, then run equecel verify-journal: it also names what Analytics has that is not in the journals any more.");
    }
}

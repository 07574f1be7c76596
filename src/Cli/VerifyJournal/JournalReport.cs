namespace Equecel.Cli.VerifyJournal;

/// <summary>What the verification of one journal found.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="VersionCount">Versions in its journal.</param>
/// <param name="WitnessedCount">Versions that Analytics holds hashes of.</param>
/// <param name="NotYetWitnessedCount">Versions in the journal that Analytics has not taken in yet; no fault.</param>
/// <param name="OldestNotYetWitnessed">When the oldest of them was saved; null when there are none.</param>
/// <param name="Faults">What is wrong, ordered by record and version.</param>
internal sealed record JournalReport(
    string Service, long VersionCount, long WitnessedCount, long NotYetWitnessedCount, DateTimeOffset? OldestNotYetWitnessed, IReadOnlyList<JournalFault> Faults);

/// <summary>One version that is not as it was saved.</summary>
/// <param name="RecordId">UUID of the record.</param>
/// <param name="Version">The version.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record JournalFault(string RecordId, int Version, string What, string Advice)
{
    /// <summary>What Analytics witnessed is not what the journal holds.</summary>
    public static JournalFault Differs(string recordId, int version) => new(
        recordId, version, "differs from what Analytics witnessed",
        "One of the two was altered since. Take the version as it was from a backup, and find out who had a superuser's rights since it was saved.");

    /// <summary>What Analytics witnessed is not in the journal.</summary>
    public static JournalFault Lost(string recordId, int version) => new(
        recordId, version, "was witnessed by Analytics, and is lost from the journal",
        "If the journal was restored to an instant before it was saved, ask the site to send it again; else somebody took it out: take it from a backup or from Analytics.");

    /// <summary>Something that the service found.</summary>
    public static JournalFault Found(string recordId, int version, string what, string advice) => new(
        recordId, version, what,
        advice.Length > 0 ? advice
            : "What was signed is not what is there: an older state was put back, or something was added, taken out or altered since. Compare with a backup of that time, and find out who had a superuser's rights.");

    /// <summary>The version as people read it.</summary>
    public override string ToString() => RecordId is "audit event" or "checkpoint" ? $"{RecordId} {Version}" : $"{RecordId} v{Version}";
}

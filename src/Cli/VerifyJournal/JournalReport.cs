namespace Equecel.Cli.VerifyJournal;

/// <summary>What the verification of one journal found.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="VersionCount">Versions in its journal.</param>
/// <param name="WitnessedCount">Versions that Analytics holds hashes of.</param>
/// <param name="NotYetWitnessedCount">Versions in the journal that Analytics has not taken in yet; no fault.</param>
/// <param name="Faults">What is wrong, ordered by record and version.</param>
internal sealed record JournalReport(
    string Service, long VersionCount, long WitnessedCount, long NotYetWitnessedCount, IReadOnlyList<JournalFault> Faults);

/// <summary>One version that is not as it was saved.</summary>
/// <param name="RecordId">UUID of the record.</param>
/// <param name="Version">The version.</param>
/// <param name="What">What is wrong with it.</param>
internal sealed record JournalFault(string RecordId, int Version, string What);

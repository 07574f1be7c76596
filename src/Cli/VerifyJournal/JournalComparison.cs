using Equecel.Analytics.V1;
using Equecel.Records.V1;

namespace Equecel.Cli.VerifyJournal;

/// <summary>Compares a journal with what was witnessed of it, version by version, in one pass over both.</summary>
internal static class JournalComparison
{
    /// <summary>Compares.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="journal">The journal's versions with what is wrong with them, ordered by record and version.</param>
    /// <param name="witness">The witness's hashes, in the same order.</param>
    /// <param name="findHeader">Looks a version up in the service; null when it is not there.</param>
    /// <exception cref="InvalidDataException">One of the two is not in order.</exception>
    public static async Task<JournalReport> CompareAsync(
        string service, IAsyncEnumerable<VerifiedVersion> journal, IAsyncEnumerable<WitnessedHash> witness,
        Func<string, int, Task<RecordHeader?>> findHeader)
    {
        var (versionCount, witnessedCount, notYetCount) = (0L, 0L, 0L);
        DateTimeOffset? oldestNotYet = null;
        var faults = new List<JournalFault>();
        await using var ours = new OrderedVersions<VerifiedVersion>(journal, KeyOf);
        await using var theirs = new OrderedVersions<WitnessedHash>(witness, hash => (hash.RecordId, hash.Version));
        await ours.NextAsync();
        await theirs.NextAsync();

        while (ours.Current is not null || theirs.Current is not null)
        {
            var order = OrderedVersions.Compare(ours.Key, theirs.Key);
            if (order <= 0 && ours.Current!.Fault.Length > 0)
            {
                faults.Add(JournalFault.Found(ours.Key!.Value.RecordId.Trim('~'), ours.Key.Value.Version, ours.Current.Fault, ours.Current.Advice));
            }

            if (order == 0 && ours.Current!.Hash.Length > 0 && !ours.Current.Hash.Equals(theirs.Current!.Hash))
            {
                faults.Add(JournalFault.Differs(ours.Current.RecordId, ours.Current.Version));
            }

            // A version that only the current state has is not in the journal.
            if ((order > 0 || (order == 0 && ours.Current!.Hash.Length == 0)) && await FindLossAsync(theirs.Current!, findHeader) is { } loss)
            {
                faults.Add(loss);
            }

            if (order < 0 && ours.Current is { Version: > 0, Hash.Length: > 0 })
            {
                notYetCount++;
                oldestNotYet = Earlier(oldestNotYet, ours.Current.SaveTime?.ToDateTimeOffset());
            }

            if (order <= 0)
            {
                versionCount += ours.Current is { Version: > 0, Hash.Length: > 0 } ? 1 : 0;
                await ours.NextAsync();
            }

            if (order >= 0)
            {
                witnessedCount++;
                await theirs.NextAsync();
            }
        }

        return new JournalReport(service, versionCount, witnessedCount, notYetCount, oldestNotYet, faults);
    }

    // After all records, whose ids are hexadecimal: the audit events that are not sound, and the checkpoints.
    private static (string RecordId, int Version) KeyOf(VerifiedVersion version) =>
        version.AuditEvent > 0 ? ("~audit event", (int)version.AuditEvent)
        : version.Checkpoint > 0 ? ("~checkpoint", (int)version.Checkpoint)
        : (version.RecordId, version.Version);

    // What was saved while the two were being read may have been witnessed after the journal was passed, so the service is asked once more.
    private static async Task<JournalFault?> FindLossAsync(WitnessedHash witnessed, Func<string, int, Task<RecordHeader?>> findHeader)
    {
        var header = await findHeader(witnessed.RecordId, witnessed.Version);
        return header is null ? JournalFault.Lost(witnessed.RecordId, witnessed.Version)
            : header.Hash.Equals(witnessed.Hash) ? null
            : JournalFault.Differs(witnessed.RecordId, witnessed.Version);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}

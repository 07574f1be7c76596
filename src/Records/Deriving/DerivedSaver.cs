using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;

namespace Equecel.Records.Deriving;

/// <summary>Saves what is derived of participants where it differs from what is stored.</summary>
internal sealed class DerivedSaver(ParticipantRecords records, DerivedEntries entries, IParticipantDirectory directory, JournalWriter writer)
{
    private const int MaxAttempts = 5;

    /// <summary>Why something is derived anew, as the reason of its versions.</summary>
    /// <param name="header">What was saved.</param>
    public static string Cause(RecordHeader header) => $"Computed anew: {header.Kind} {header.RecordId} version {header.Version} was saved.";

    /// <summary>Derives anew of those of whom the service has records and whom Enrolment knows.</summary>
    /// <param name="derivation">The kind.</param>
    /// <param name="causes">What was saved, by participant.</param>
    /// <param name="afresh">Whether what is kept of participants may be older than that.</param>
    /// <param name="stopping">Ends it before the save.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the database, or Enrolment, cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">Others kept saving the same.</exception>
    public async Task SaveAsync(Derivation derivation, IReadOnlyDictionary<string, string> causes, bool afresh, CancellationToken stopping)
    {
        var open = causes.Keys.ToList();
        for (var attempt = 0; open.Count > 0 && attempt < MaxAttempts; attempt++)
        {
            var latest = await records.LatestAsync(open, stopping);
            var history = derivation.HistoryOf is { } kind ? await records.HistoryAsync(open, kind, stopping) : [];
            List<string> known = [.. open.Where(latest.Contains)];
            // Read last: a change that comes after it is a cause of its own, and finds what is saved here.
            var facts = await (afresh ? directory.LookUpAsync(known, stopping) : directory.FindAsync(known, stopping));
            var wanting = facts.SelectMany(of => entries.Of(derivation, directory.Followed(of.Value), [.. latest[of.Key]], history, causes[of.Key])).ToList();
            var refused = new HashSet<string>();
            foreach (var chunk in wanting.Chunk(JournalFeed.BatchSize))
            {
                var outcomes = await writer.SaveAsync(chunk);
                refused.UnionWith(chunk.Zip(outcomes).Where(pair => pair.Second.Refusal is not null).Select(pair => pair.First.Participant));
            }

            // Somebody else saved first: look again at what is stored now.
            open = [.. refused];
        }

        if (open.Count > 0)
        {
            throw new InvalidOperationException($"{derivation.Kind} of {open.Count} participants could not be saved in {MaxAttempts} attempts.");
        }
    }
}

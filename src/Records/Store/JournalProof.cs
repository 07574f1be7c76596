using Equecel.Common.V1;
using Equecel.Records.V1;

namespace Equecel.Records.Store;

/// <summary>What is wrong with a version, and what to do about it.</summary>
/// <param name="What">What is wrong, in a few words.</param>
/// <param name="Advice">What to do, as a sentence.</param>
internal sealed record JournalFault(string What, string Advice)
{
    private const string Compare = "Take the version as it was from a backup or from Analytics, and find out who had a superuser's rights since it was saved.";

    public static JournalFault Unreadable { get; } = new("cannot be read", Compare);

    public static JournalFault Twice { get; } = new("stands more than once", "Find out which of them the service saved: the other was put there.");

    public static JournalFault Unlinked { get; } = new("does not follow from the version before it", Compare);

    public static JournalFault ContentAltered { get; } = new("content altered", Compare);

    public static JournalFault TimeOrHashAltered { get; } = new("time or hash altered", Compare);

    public static JournalFault Unsealed { get; } = new(
        "not saved by the service: its seal is wrong",
        "Somebody made it in the database, or the service's key has changed: check Records:SealKey, then find out who had a superuser's rights.");

    public static JournalFault RequestHashAltered { get; } = new("hash of the request altered", "A repeat of that request is judged wrongly: put the hash back from a backup.");

    public static JournalFault Moved { get; } = new("moved to another place in the journal", "Followers of the feed may have missed it: let them read the feed from the beginning.");

    public static JournalFault TakenAway { get; } = new("content taken away without an audit event", Compare);

    public static JournalFault Missing(int version) => new($"version {version} is missing", Compare);
}

/// <summary>Says whether a row of the journal is what the service saved.</summary>
internal static class JournalProof
{
    /// <summary>What is wrong with a version; null when it is sound.</summary>
    /// <param name="row">The version as it lies in the journal.</param>
    /// <param name="previous">The version of the same record before it that is there; null for none.</param>
    /// <param name="seal">The service's seal.</param>
    public static JournalFault? Find(JournalRow row, JournalRow? previous, JournalSeal seal)
    {
        if (row.Version != (previous?.Version ?? 0) + 1)
        {
            return JournalFault.Missing((previous?.Version ?? 0) + 1);
        }

        return row.Saved is { } saved ? Find(row, saved, previous, seal) : JournalFault.Unreadable;
    }

    private static JournalFault? Find(JournalRow row, JournalRowContent saved, JournalRow? previous, JournalSeal seal) =>
        !Same(saved.PreviousHash, previous is null ? [] : previous.Saved?.Hash ?? saved.PreviousHash) ? JournalFault.Unlinked
        // The hash takes no key and an empty one for the same.
        : saved.NaturalKey is "" || (!saved.IsRedacted && !Same(saved.ContentHash, ContentHash(row, saved))) ? JournalFault.ContentAltered
        : !Same(saved.Hash, VersionHash.Chain(saved.PreviousHash, saved.ContentHash, saved.SaveTime)) ? JournalFault.TimeOrHashAltered
        : !Same(saved.Seal, seal.Of(saved.ContentHash)) ? JournalFault.Unsealed
        : !saved.IsRedacted && !Same(saved.RequestHash, RequestHash(row, saved)) ? JournalFault.RequestHashAltered
        : saved.IsInFuture || (previous?.Saved?.Sequence >= saved.Sequence) ? JournalFault.Moved
        : null;

    private static byte[] ContentHash(JournalRow row, JournalRowContent saved) => VersionHash.Content(
        saved.Salt, row.RecordId, row.Version, saved.Kind, saved.Participant, saved.Site, saved.Origin, saved.State, saved.NaturalKey ?? "",
        saved.Content, saved.Findings, saved.Actor, saved.Client, saved.RequestId, saved.Reason);

    private static byte[] RequestHash(JournalRow row, JournalRowContent saved) => VersionHash.Request(
        row.Version == 1 ? "" : row.RecordId.ToString(), row.Version - 1, saved.Reason, saved.Participant, (DataOrigin)saved.Origin, (RecordState)saved.State,
        saved.State == (short)RecordState.Retracted ? [] : saved.Content);

    private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}

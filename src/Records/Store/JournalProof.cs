namespace Equecel.Records.Store;

/// <summary>Says whether a stored version is what was saved.</summary>
internal static class JournalProof
{
    /// <summary>What is wrong with a version; empty when it is sound.</summary>
    /// <param name="version">The version as stored.</param>
    /// <param name="findings">Its findings as stored.</param>
    /// <param name="salt">Its salt.</param>
    /// <param name="contentHash">Its content hash as stored.</param>
    /// <param name="previousVersion">The version before it that is there, 0 for none.</param>
    /// <param name="previousHash">That version's hash, empty for none.</param>
    public static string Fault(
        StoredVersion version, byte[] findings, byte[] salt, byte[] contentHash, int previousVersion, ReadOnlySpan<byte> previousHash)
    {
        var header = version.Header;
        if (header.Version != previousVersion + 1)
        {
            return $"version {previousVersion + 1} is missing";
        }

        if (!header.PreviousHash.Span.SequenceEqual(previousHash))
        {
            return "does not follow from the version before it";
        }

        var content = VersionHash.Content(
            salt, Guid.Parse(header.RecordId), header.Version, header.Kind, header.Participant, header.Site, (short)header.Origin, (short)header.State,
            version.NaturalKey ?? "", version.Content.ToByteArray(), findings, header.Actor, header.Client, Guid.Parse(header.RequestId), header.Reason);
        // What was taken away cannot be hashed any more; the hash that it had still chains the versions.
        if (header.Redaction is null && !content.AsSpan().SequenceEqual(contentHash))
        {
            return "content altered";
        }

        return VersionHash.Chain(previousHash, contentHash, header.SaveTime.ToDateTime()).AsSpan().SequenceEqual(header.Hash.Span)
            ? ""
            : "time or hash altered";
    }
}

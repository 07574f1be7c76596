namespace Equecel.Analytics.Ingestion;

/// <summary>Number and sum of versions: the same for two holders of the same, in whatever order they hold them.</summary>
/// <param name="Count">Number of versions.</param>
/// <param name="HashSum">Sum modulo 2^64 of the first 8 bytes, big endian, of each version's hash.</param>
internal readonly record struct VersionDigest(long Count, ulong HashSum)
{
    /// <summary>The digest of what is left without a part.</summary>
    /// <param name="part">The part's digest.</param>
    public VersionDigest Without(VersionDigest part) => new(Count - part.Count, unchecked(HashSum - part.HashSum));
}

using System.Security.Cryptography;
using System.Text.Json;

namespace Equecel.Analytics.Ingestion;

/// <summary>A message as it was received, before anything was made of it.</summary>
/// <param name="Source">Where it came from: the queue, or <c>feed:</c> and the service.</param>
/// <param name="Properties">What came with the body, by name; ids and names only.</param>
/// <param name="Body">The bytes, made when they are wanted.</param>
internal sealed record ReceivedMessage(string Source, IReadOnlyDictionary<string, string?> Properties, Func<ReadOnlyMemory<byte>> Body)
{
    /// <summary>What the name of a property begins with that was a header of the message.</summary>
    public const string HeaderPrefix = "header.";

    /// <summary>What a source begins with that is a service's feed.</summary>
    public const string FeedPrefix = "feed:";

    /// <summary>Id that its sender gave it; empty when it had none.</summary>
    public string MessageId => Properties.GetValueOrDefault("message_id") ?? "";

    /// <summary>Tells this message from every other: it arrives again with the same.</summary>
    public byte[] Digest()
    {
        // Headers are left out: some differ each time that a message is sent or delivered.
        var identity = Properties.Where(property => !property.Key.StartsWith(HeaderPrefix, StringComparison.Ordinal)).Select(property => property.Value);
        return SHA256.HashData([.. JsonSerializer.SerializeToUtf8Bytes(identity.Prepend(Source)), .. Body().Span]);
    }
}

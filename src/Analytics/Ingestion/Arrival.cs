using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;

namespace Equecel.Analytics.Ingestion;

/// <summary>A message as it arrived: a version that was read, or why it could not be.</summary>
/// <param name="Source">Where it came from: the queue, or <c>feed:</c> and the service.</param>
/// <param name="Properties">What came with the body, by name; ids and names only.</param>
/// <param name="Body">The bytes, made when they are wanted.</param>
/// <param name="Version">The version; null when it could not be read.</param>
/// <param name="Fault">Why it could not be used; null while it can.</param>
internal sealed record Arrival(string Source, IReadOnlyDictionary<string, string?> Properties, Func<ReadOnlyMemory<byte>> Body, RecordVersion? Version, string? Fault)
{
    /// <summary>What the name of a property begins with that was a header of the message.</summary>
    public const string HeaderPrefix = "header.";

    /// <summary>Reads a message.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="properties">What came with the body.</param>
    /// <param name="body">The bytes, which nobody changes afterwards.</param>
    /// <param name="read">Reads the version.</param>
    public static Arrival Read(string source, IReadOnlyDictionary<string, string?> properties, Func<ReadOnlyMemory<byte>> body, Func<RecordVersion> read)
    {
        try
        {
            return new Arrival(source, properties, body, read(), Fault: null);
        }
        catch (InvalidProtocolBufferException)
        {
            return new Arrival(source, properties, body, Version: null, "not protobuf");
        }
        catch (ContractViolationException e)
        {
            return new Arrival(source, properties, body, Version: null, e.Message);
        }
    }

    /// <summary>Tells this message from every other: it arrives again with the same.</summary>
    public byte[] Digest()
    {
        // Headers are left out: some differ each time that a message is sent or delivered.
        var identity = Properties.Where(property => !property.Key.StartsWith(HeaderPrefix, StringComparison.Ordinal)).Select(property => property.Value);
        return SHA256.HashData([.. JsonSerializer.SerializeToUtf8Bytes(identity.Prepend(Source)), .. Body().Span]);
    }
}

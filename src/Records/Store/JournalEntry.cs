using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Equecel.Common.V1;
using Equecel.Records.V1;

namespace Equecel.Records.Store;

/// <summary>A version that is to be saved.</summary>
internal sealed class JournalEntry
{
    public required Guid RecordId { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required string Participant { get; init; }

    public required string Site { get; init; }

    public required DataOrigin Origin { get; init; }

    public required RecordState State { get; init; }

    /// <summary>What there may be one of, such as <c>death of 01-0001</c>; null when there may be many.</summary>
    public required string? NaturalKey { get; init; }

    /// <summary>The record without its header, as protobuf.</summary>
    public required byte[] Content { get; init; }

    /// <summary>The form as JSON.</summary>
    public required string FormJson { get; init; }

    /// <summary>A header with nothing but findings, as protobuf.</summary>
    public required byte[] Findings { get; init; }

    public required string Actor { get; init; }

    public required string Client { get; init; }

    public required Guid RequestId { get; init; }

    /// <summary>Hash of what was asked, without the request id.</summary>
    public required byte[] RequestHash { get; init; }

    public required string Reason { get; init; }

    /// <summary>How far the participant's records were by which it was judged: it is saved while they are there still. Null when it was judged by itself.</summary>
    public long? JudgedAt { get; init; }

    /// <summary>Makes the content hash hard to guess from short values.</summary>
    public byte[] Salt { get; } = RandomNumberGenerator.GetBytes(16);

    public byte[] ContentHash() => VersionHash.Content(
        Salt, RecordId, Version, Kind, Participant, Site, (short)Origin, (short)State, NaturalKey ?? "",
        Content, Findings, Actor, Client, RequestId, Reason);
}

/// <summary>Hashes of versions: SHA-256 over a fixed binary layout of length-prefixed fields.</summary>
internal static class VersionHash
{
    /// <summary>Version of the layout; the first byte hashed.</summary>
    private const byte Layout = 1;

    /// <summary>Hash of what a version says, without its time and its place in the chain.</summary>
    public static byte[] Content(
        byte[] salt, Guid recordId, int version, string kind, string participant, string site, short origin, short state, string naturalKey,
        byte[] content, byte[] findings, string actor, string client, Guid requestId, string reason)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> fixedPart = stackalloc byte[1 + 16 + 16 + 4 + 2 + 2];
        fixedPart[0] = Layout;
        recordId.TryWriteBytes(fixedPart[1..], bigEndian: true, out _);
        requestId.TryWriteBytes(fixedPart[17..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(fixedPart[33..], version);
        BinaryPrimitives.WriteInt16BigEndian(fixedPart[37..], origin);
        BinaryPrimitives.WriteInt16BigEndian(fixedPart[39..], state);
        hash.AppendData(fixedPart);
        Append(hash, salt);
        Append(hash, kind);
        Append(hash, participant);
        Append(hash, site);
        Append(hash, naturalKey);
        Append(hash, content);
        Append(hash, findings);
        Append(hash, actor);
        Append(hash, client);
        Append(hash, reason);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of what a request asks for, without its id.</summary>
    public static byte[] Request(string recordId, int expectedVersion, string reason, string participant, DataOrigin origin, RecordState state, byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> fixedPart = stackalloc byte[1 + 4 + 2 + 2];
        fixedPart[0] = Layout;
        BinaryPrimitives.WriteInt32BigEndian(fixedPart[1..], expectedVersion);
        BinaryPrimitives.WriteInt16BigEndian(fixedPart[5..], (short)origin);
        BinaryPrimitives.WriteInt16BigEndian(fixedPart[7..], (short)state);
        hash.AppendData(fixedPart);
        Append(hash, recordId);
        Append(hash, reason);
        Append(hash, participant);
        Append(hash, content);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of a version: over the previous version's hash, the content hash and the time. The database computes the same when it saves.</summary>
    public static byte[] Chain(ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> contentHash, DateTime saveTime)
    {
        Span<byte> buffer = stackalloc byte[32 + 32 + 8];
        previousHash.CopyTo(buffer);
        contentHash.CopyTo(buffer[previousHash.Length..]);
        var micros = (saveTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64BigEndian(buffer[(previousHash.Length + contentHash.Length)..], micros);
        return SHA256.HashData(buffer[..(previousHash.Length + contentHash.Length + 8)]);
    }

    private static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

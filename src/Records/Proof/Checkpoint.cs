using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equecel.Records.Proof;

/// <summary>
/// A statement of what the journal held. A verifier reads the file from its first line: each line's signature must hold, its
/// <see cref="Previous"/> must be the hash of the line before it, and its digest must be that of the rows between its two positions
/// as they are now. What was deleted, added or altered there since shows, and so does an old copy of the database that was put back.
/// </summary>
internal sealed record Checkpoint
{
    /// <summary>1 for the first, then 2, 3 … without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Position after which the rows come that it covers.</summary>
    public required string From { get; init; }

    /// <summary>Position of the last row that it covers.</summary>
    public required string Position { get; init; }

    /// <summary>Number of rows up to that position.</summary>
    public required long Versions { get; init; }

    /// <summary>SHA-256 over record id, version and hash of each row that it covers, in the order of transaction id and sequence; in hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Number of the last audit event; 0 for none.</summary>
    public required long AuditEvents { get; init; }

    /// <summary>Hash of that event, in hexadecimal.</summary>
    public required string AuditHash { get; init; }

    /// <summary>SHA-256 of the line before this one, in hexadecimal; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 of this one's line, in hexadecimal.</summary>
    [JsonIgnore]
    public string LineHash { get; init; } = "";

    /// <summary>As a line of the file: JSON, a tab, and the signature of the JSON (ECDSA P-256 with SHA-256) in Base64.</summary>
    public string ToLine(ECDsa key)
    {
        var json = JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
        return $"{json}\t{Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(json), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Reads a line; null when it is none, or its signature does not hold.</summary>
    public static Checkpoint? Find(string line, ECDsa key)
    {
        var parts = line.Split('\t');
        var signature = new byte[128];
        if (parts.Length != 2 || !Convert.TryFromBase64String(parts[1], signature, out var length)
            || !key.VerifyData(Encoding.UTF8.GetBytes(parts[0]), signature.AsSpan(0, length), HashAlgorithmName.SHA256))
        {
            return null;
        }

        return JsonSerializer.Deserialize<Checkpoint>(parts[0], JsonSerializerOptions.Web)! with { LineHash = HashOf(line) };
    }

    /// <summary>SHA-256 of a line, in hexadecimal.</summary>
    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>As an operator sees it.</summary>
    public V1.JournalCheckpoint ToV1() => new()
    {
        Number = Number,
        CheckpointTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Time),
        Position = Position,
        VersionCount = Versions,
        AuditEventCount = AuditEvents,
    };
}

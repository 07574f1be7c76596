using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equecel.Audit;

/// <summary>
/// A statement of what a service's audit trail held. A verifier reads the file from its first line: each line's signature must hold,
/// its <see cref="Previous"/> must be the hash of the line before it, and the event that it names must have that hash, which follows
/// from all events up to it.
/// </summary>
public record AuditCheckpoint
{
    /// <summary>1 for the first, then 2, 3 … without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Number of the last audit event; 0 for none.</summary>
    public required long AuditEvents { get; init; }

    /// <summary>Hash of that event, in hexadecimal; empty for none.</summary>
    public required string AuditHash { get; init; }

    /// <summary>SHA-256 of the line before this one, in hexadecimal; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 of this one's line, in hexadecimal.</summary>
    [JsonIgnore]
    public string LineHash { get; init; } = "";

    /// <summary>As a line of the file: JSON, a tab, and the signature of the JSON (ECDSA P-256 with SHA-256) in Base64.</summary>
    /// <param name="key">The key that signs.</param>
    public string ToLine(ECDsa key)
    {
        var json = JsonSerializer.Serialize(this, GetType(), JsonSerializerOptions.Web);
        return $"{json}\t{Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(json), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Reads a line; null when it is none, or its signature does not hold.</summary>
    /// <typeparam name="TCheckpoint">What the service signs.</typeparam>
    /// <param name="line">The line.</param>
    /// <param name="key">The key that signed it, or its public half.</param>
    public static TCheckpoint? Find<TCheckpoint>(string line, ECDsa key)
        where TCheckpoint : AuditCheckpoint
    {
        var parts = line.Split('\t');
        var signature = new byte[128];
        if (parts.Length != 2 || !Convert.TryFromBase64String(parts[1], signature, out var length)
            || !key.VerifyData(Encoding.UTF8.GetBytes(parts[0]), signature.AsSpan(0, length), HashAlgorithmName.SHA256))
        {
            return null;
        }

        return JsonSerializer.Deserialize<TCheckpoint>(parts[0], JsonSerializerOptions.Web)! with { LineHash = HashOf(line) };
    }

    /// <summary>SHA-256 of a line, in hexadecimal.</summary>
    /// <param name="line">The line.</param>
    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}

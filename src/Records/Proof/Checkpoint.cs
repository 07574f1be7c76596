using System.Security.Cryptography;
using Equecel.Audit;

namespace Equecel.Records.Proof;

/// <summary>
/// A statement of what the journal held. A verifier reads the file from its first line, as for <see cref="AuditCheckpoint"/>; besides,
/// the digest must be that of the rows between its two positions as they are now. What was deleted, added or altered there since
/// shows, and so does an old copy of the database that was put back.
/// </summary>
internal sealed record Checkpoint : AuditCheckpoint
{
    /// <summary>Position after which the rows come that it covers.</summary>
    public required string From { get; init; }

    /// <summary>Position of the last row that it covers.</summary>
    public required string Position { get; init; }

    /// <summary>Number of rows up to that position.</summary>
    public required long Versions { get; init; }

    /// <summary>SHA-256 over record id, version and hash of each row that it covers, in the order of transaction id and sequence; in hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Reads a line; null when it is none, or its signature does not hold.</summary>
    public static Checkpoint? Find(string line, ECDsa key) => Find<Checkpoint>(line, key);

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

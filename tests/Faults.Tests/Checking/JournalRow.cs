namespace Equecel.Faults.Tests.Checking;

/// <summary>A row of a journal, as the database holds it.</summary>
internal sealed record JournalRow
{
    public required string Service { get; init; }

    public required ulong Xid { get; init; }

    public required long Seq { get; init; }

    public required Guid RecordId { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required string Participant { get; init; }

    public required string Site { get; init; }

    public required short Origin { get; init; }

    public required short State { get; init; }

    public required string? NaturalKey { get; init; }

    /// <summary>The record without its header, as protobuf.</summary>
    public required byte[] Content { get; init; }

    public required byte[] Findings { get; init; }

    public required string Actor { get; init; }

    public required string Client { get; init; }

    public required Guid RequestId { get; init; }

    public required string Reason { get; init; }

    public required DateTime SaveTime { get; init; }

    public required byte[] Salt { get; init; }

    public required byte[] ContentHash { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>What tells it from every other version of every record.</summary>
    public (string Service, string RecordId, int Version) Key => (Service, RecordId.ToString(), Version);
}

/// <summary>The current state of a record, as the table beside the journal holds it.</summary>
/// <param name="Service">The capture service.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its latest version.</param>
/// <param name="State">Whether it counts.</param>
/// <param name="Participant">Its participant.</param>
/// <param name="Hash">Hash of its latest version.</param>
/// <param name="Form">Its form as JSON.</param>
internal sealed record CurrentRow(string Service, Guid RecordId, int Version, short State, string Participant, byte[] Hash, string Form);

/// <summary>A version as Analytics holds it.</summary>
/// <param name="Service">The capture service.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="State">Whether it counts.</param>
/// <param name="Content">The whole record as protobuf.</param>
internal sealed record WitnessRow(string Service, Guid RecordId, int Version, byte[] Hash, short State, byte[] Content);

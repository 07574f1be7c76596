using Npgsql;

namespace Equecel.Records.Store;

/// <summary>A row of the journal as it lies in the database, whatever somebody may have done to it, and the row of the current state that stands for it.</summary>
internal sealed record JournalRow
{
    /// <summary>
    /// Reads every version with the current state beside it, and what the current state has that the journal has not. $1 is the kind of
    /// audit event that tells of a redaction: one is kept together with it, so both must be read of one moment.
    /// </summary>
    public const string Sql = """
        select coalesce(j.record_id, r.record_id), coalesce(j.version, r.version), j.record_id is not null, r.record_id is not null,
            j.kind, j.participant, j.site, j.origin, j.state, j.natural_key, j.content, j.findings, j.actor, j.client, j.request_id, j.request_hash,
            j.reason, j.save_time, j.salt, j.content_hash, j.previous_hash, j.hash, j.seal, j.seq, j.xid >= pg_snapshot_xmax(pg_current_snapshot()),
            r.kind, r.participant, r.site, r.origin, r.state, r.natural_key, r.hash, r.save_time, r.form::text, j.redaction is not null,
            case when j.redaction is null then false else j.record_id || '/' || j.version in (select subject from audit_events where kind = $1) end
        from journal j full join records r on r.record_id = j.record_id and r.version = j.version
        order by 1, 2
        """;

    private const int CurrentStart = 25;

    public required Guid RecordId { get; init; }

    public required int Version { get; init; }

    /// <summary>What the journal has of this version; null when it does not have it, or holds what cannot be read.</summary>
    public required JournalRowContent? Saved { get; init; }

    /// <summary>Whether the journal has this version.</summary>
    public required bool InJournal { get; init; }

    /// <summary>What the current state says; null when it does not name this version.</summary>
    public required CurrentRow? Current { get; init; }

    public static JournalRow Read(NpgsqlDataReader row)
    {
        var (inJournal, isCurrent) = (row.GetBoolean(2), row.GetBoolean(3));
        return new JournalRow
        {
            RecordId = row.GetGuid(0),
            Version = row.GetInt32(1),
            InJournal = inJournal,
            Saved = inJournal ? Find(() => ReadSaved(row)) : null,
            Current = isCurrent ? Find(() => ReadCurrent(row)) ?? CurrentRow.Unreadable : null,
        };
    }

    // Somebody with all rights may have taken the columns' constraints away: a value that cannot be read is a finding, not a failure.
    private static T? Find<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static JournalRowContent ReadSaved(NpgsqlDataReader row) => new()
    {
        Kind = row.GetString(4),
        Participant = row.GetString(5),
        Site = row.GetString(6),
        Origin = row.GetInt16(7),
        State = row.GetInt16(8),
        NaturalKey = row.IsDBNull(9) ? null : row.GetString(9),
        Content = row.GetFieldValue<byte[]>(10),
        Findings = row.GetFieldValue<byte[]>(11),
        Actor = row.GetString(12),
        Client = row.GetString(13),
        RequestId = row.GetGuid(14),
        RequestHash = row.GetFieldValue<byte[]>(15),
        Reason = row.GetString(16),
        SaveTime = row.GetDateTime(17),
        Salt = row.GetFieldValue<byte[]>(18),
        ContentHash = row.GetFieldValue<byte[]>(19),
        PreviousHash = row.GetFieldValue<byte[]>(20),
        Hash = row.GetFieldValue<byte[]>(21),
        Seal = row.GetFieldValue<byte[]>(22),
        Sequence = row.GetInt64(23),
        IsInFuture = row.GetBoolean(24),
        IsRedacted = row.GetBoolean(CurrentStart + 9),
        IsRedactionTold = row.GetBoolean(CurrentStart + 10),
    };

    private static CurrentRow ReadCurrent(NpgsqlDataReader row) => new(
        row.GetString(CurrentStart), row.GetString(CurrentStart + 1), row.GetString(CurrentStart + 2), row.GetInt16(CurrentStart + 3), row.GetInt16(CurrentStart + 4),
        row.IsDBNull(CurrentStart + 5) ? null : row.GetString(CurrentStart + 5), row.GetFieldValue<byte[]>(CurrentStart + 6),
        row.GetDateTime(CurrentStart + 7), row.GetString(CurrentStart + 8));
}

/// <summary>What the journal has of a version.</summary>
internal sealed record JournalRowContent
{
    public required string Kind { get; init; }

    public required string Participant { get; init; }

    public required string Site { get; init; }

    public required short Origin { get; init; }

    public required short State { get; init; }

    public required string? NaturalKey { get; init; }

    public required byte[] Content { get; init; }

    public required byte[] Findings { get; init; }

    public required string Actor { get; init; }

    public required string Client { get; init; }

    public required Guid RequestId { get; init; }

    public required byte[] RequestHash { get; init; }

    public required string Reason { get; init; }

    public required DateTime SaveTime { get; init; }

    public required byte[] Salt { get; init; }

    public required byte[] ContentHash { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }

    public required byte[] Seal { get; init; }

    public required long Sequence { get; init; }

    /// <summary>Whether it stands where no transaction has been yet, so that no follower reads it.</summary>
    public required bool IsInFuture { get; init; }

    /// <summary>Whether what it said was taken away; its content hash is then that of what it said before.</summary>
    public bool IsRedacted { get; init; }

    /// <summary>Whether an audit event tells that it was.</summary>
    public bool IsRedactionTold { get; init; }
}

/// <summary>What the current state says of a record.</summary>
internal sealed record CurrentRow(
    string Kind, string Participant, string Site, short Origin, short State, string? NaturalKey, byte[] Hash, DateTime SaveTime, string FormJson)
{
    public static CurrentRow Unreadable { get; } = new("", "", "", 0, 0, null, [], default, "");
}

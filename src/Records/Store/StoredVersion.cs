using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Equecel.Records.Store;

/// <summary>A version as the journal holds it.</summary>
internal sealed class StoredVersion
{
    /// <summary>The columns that <see cref="Read"/> reads, of a table called <c>j</c>.</summary>
    public const string Columns = """
        j.record_id, j.version, j.kind, j.participant, j.site, j.origin, j.state, j.content, j.findings, j.actor, j.client, j.request_id,
        j.request_hash, j.reason, j.save_time, j.previous_hash, j.hash, j.xid, j.seq, j.natural_key, j.redaction
        """;

    /// <summary>Number of those columns.</summary>
    public const int ColumnCount = 21;

    public required RecordHeader Header { get; init; }

    public required ByteString Content { get; init; }

    public required byte[] RequestHash { get; init; }

    /// <summary>Its place in the journal, once it is read back from there.</summary>
    public JournalCursor Cursor { get; init; }

    public required string? NaturalKey { get; init; }

    /// <summary>What an entry became, with what the database added.</summary>
    public static StoredVersion Of(JournalEntry entry, DateTime saveTime, byte[] previousHash, byte[] hash)
    {
        var header = RecordHeader.Parser.ParseFrom(entry.Findings);
        header.RecordId = entry.RecordId.ToString();
        header.Version = entry.Version;
        header.Kind = entry.Kind;
        header.Participant = entry.Participant;
        header.Site = entry.Site;
        header.Origin = entry.Origin;
        header.State = entry.State;
        header.Actor = entry.Actor;
        header.Client = entry.Client;
        header.RequestId = entry.RequestId.ToString();
        header.Reason = entry.Reason;
        header.SaveTime = Timestamp.FromDateTime(saveTime);
        header.PreviousHash = UnsafeByteOperations.UnsafeWrap(previousHash);
        header.Hash = UnsafeByteOperations.UnsafeWrap(hash);
        return new StoredVersion
        {
            Header = header,
            Content = UnsafeByteOperations.UnsafeWrap(entry.Content),
            RequestHash = entry.RequestHash,
            NaturalKey = entry.NaturalKey,
        };
    }

    public static StoredVersion Read(NpgsqlDataReader row)
    {
        var header = RecordHeader.Parser.ParseFrom(row.GetFieldValue<byte[]>(8));
        header.RecordId = row.GetGuid(0).ToString();
        header.Version = row.GetInt32(1);
        header.Kind = row.GetString(2);
        header.Participant = row.GetString(3);
        header.Site = row.GetString(4);
        header.Origin = (DataOrigin)row.GetInt16(5);
        header.State = (RecordState)row.GetInt16(6);
        header.Actor = row.GetString(9);
        header.Client = row.GetString(10);
        header.RequestId = row.GetGuid(11).ToString();
        header.Reason = row.GetString(13);
        header.SaveTime = Timestamp.FromDateTime(row.GetDateTime(14));
        header.PreviousHash = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(15));
        header.Hash = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(16));
        header.Redaction = row.IsDBNull(20) ? null : Redaction.Parser.ParseFrom(row.GetFieldValue<byte[]>(20));
        return new StoredVersion
        {
            Header = header,
            Content = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(7)),
            RequestHash = row.GetFieldValue<byte[]>(12),
            Cursor = new JournalCursor(row.GetFieldValue<ulong>(17), row.GetInt64(18)),
            NaturalKey = row.IsDBNull(19) ? null : row.GetString(19),
        };
    }
}

/// <summary>A place in the journal: everything up to it, in the order of transaction id and sequence, has been dealt with.</summary>
/// <param name="Xid">Transaction id.</param>
/// <param name="Seq">Sequence number.</param>
internal readonly record struct JournalCursor(ulong Xid, long Seq)
{
    public static JournalCursor Start { get; } = new(0, 0);

    /// <summary>As an opaque token.</summary>
    public override string ToString() => $"{Xid:x}.{Seq:x}";

    /// <summary>Reads a token; null when it is none.</summary>
    public static JournalCursor? Find(string token)
    {
        if (token.Length == 0)
        {
            return Start;
        }

        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && ulong.TryParse(token.AsSpan(0, dot), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var xid)
            && long.TryParse(token.AsSpan(dot + 1), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var seq)
            && seq >= 0
            ? new JournalCursor(xid, seq)
            : null;
    }
}

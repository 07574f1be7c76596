using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Npgsql;

namespace Equecel.Records.Queries;

/// <summary>The latest version of a record, as far as data queries need it.</summary>
internal sealed record AskedRecord
{
    /// <summary>The columns that <see cref="Read"/> reads, of the current state <c>r</c> and its version <c>j</c>. Of the content only what a query says.</summary>
    public const string Columns = """
        r.record_id, r.version, r.kind, r.participant, r.site, r.origin, r.state, r.natural_key, j.findings,
        case when r.kind = 'data_query' then j.content else '' end as content
        """;

    public required string RecordId { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required string Participant { get; init; }

    public required string Site { get; init; }

    public required DataOrigin Origin { get; init; }

    public required RecordState State { get; init; }

    public required string? NaturalKey { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The record without its header when it is a data query; else empty.</summary>
    public required ByteString Content { get; init; }

    /// <summary>Reads a row.</summary>
    public static AskedRecord Read(NpgsqlDataReader row, int first) => new()
    {
        RecordId = row.GetGuid(first).ToString(),
        Version = row.GetInt32(first + 1),
        Kind = row.GetString(first + 2),
        Participant = row.GetString(first + 3),
        Site = row.GetString(first + 4),
        Origin = (DataOrigin)row.GetInt16(first + 5),
        State = (RecordState)row.GetInt16(first + 6),
        NaturalKey = row.IsDBNull(first + 7) ? null : row.GetString(first + 7),
        Findings = RecordHeader.Parser.ParseFrom(row.GetFieldValue<byte[]>(first + 8)).Findings,
        Content = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(first + 9)),
    };
}

using Equecel.Records.Forms;
using Equecel.Records.Store;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Queries;

/// <summary>Reads whose data queries may have to change since a place in the journal: in one statement, and of nobody else.</summary>
internal sealed class AskedRecords(RecordDatabase database)
{
    /// <summary>Most rows of the journal in a batch.</summary>
    public const int BatchSize = 1000;

    // Who was saved without a finding and has no query matters no further. The offsets and limits leave the planner no way but the indexes.
    private const string Sql = $"""
        with told as materialized (
            select xid, seq, site, participant, kind, octet_length(findings) > 0 as asks from journal
            where (xid, seq) > ($1, $2) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, seq limit $3
        ), saved as materialized (
            select site, participant, bool_or(asks) as asks from told where kind <> 'data_query' group by site, participant
        ), touched as materialized (
            select site, participant from saved
            where asks or exists (select from records where site = saved.site and participant = saved.participant and kind = 'data_query')
        ), reached as (
            select xid, seq, (select count(*) from told) as count from told order by xid desc, seq desc limit 1
        )
        select reached.xid, reached.seq, reached.count, {AskedRecord.Columns}
        from reached left join (touched t
            cross join lateral (select * from records where site = t.site and participant = t.participant offset 0) r
            cross join lateral (select findings, content from journal where record_id = r.record_id and version = r.version limit 1) j) on true
        """;

    private const int RecordStart = 3;

    private const string OfParticipantsSql = $"""
        with named as materialized (select site, participant from unnest($1, $2) as named (site, participant))
        select {AskedRecord.Columns}
        from named n
            cross join lateral (select * from records where site = n.site and participant = n.participant offset 0) r
            cross join lateral (select findings, content from journal where record_id = r.record_id and version = r.version limit 1) j
        """;

    /// <summary>Reads the next batch after a cursor.</summary>
    /// <param name="after">The cursor.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<AskedBatch> FollowAsync(JournalCursor after, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new() { Value = after.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = after.Seq },
                new() { Value = BatchSize },
            },
        };
        var batch = new AskedBatch(after, Count: 0, []);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            batch = batch with { Cursor = new JournalCursor(row.GetFieldValue<ulong>(0), row.GetInt64(1)), Count = row.GetInt64(2) };
            if (!row.IsDBNull(RecordStart))
            {
                batch.Records.Add(AskedRecord.Read(row, RecordStart));
            }
        }

        return batch;
    }

    /// <summary>Reads all records of participants.</summary>
    /// <param name="participants">Their codes, each once.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<List<AskedRecord>> OfParticipantsAsync(IReadOnlyCollection<string> participants, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(OfParticipantsSql, connection)
        {
            Parameters =
            {
                new() { Value = participants.Select(code => ParticipantCode.FindSite(code)!).ToArray() },
                new() { Value = participants.ToArray() },
            },
        };
        var records = new List<AskedRecord>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            records.Add(AskedRecord.Read(row, first: 0));
        }

        return records;
    }
}

/// <summary>What follows a place in the journal.</summary>
/// <param name="Cursor">Where to go on.</param>
/// <param name="Count">Number of rows passed; fewer than a full batch when no more are certain.</param>
/// <param name="Records">All records of those whose queries may have to change.</param>
internal sealed record AskedBatch(JournalCursor Cursor, long Count, List<AskedRecord> Records);

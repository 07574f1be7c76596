using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Store;

/// <summary>Reads the journal in the order in which its rows became certain.</summary>
/// <remarks>
/// A row counts as certain when every transaction with a lower id has ended; sequence numbers alone become visible out of
/// order, and a reader past a gap would never come back to it.
/// </remarks>
internal static class JournalFeed
{
    /// <summary>Most rows in a batch.</summary>
    public const int BatchSize = 500;

    // A redaction tells its version once more, at the redaction's own place. Its limit leaves the planner no way but the index.
    private static readonly string Sql = $"""
        select * from (
            (select {StoredVersion.Columns} from journal j
                where (j.xid, j.seq) > ($1, $2) and j.xid < pg_snapshot_xmin(pg_current_snapshot()) order by j.xid, j.seq limit $3)
            union all
            (select {StoredVersion.Columns.Replace("j.xid, j.seq", "r.xid, r.seq", StringComparison.Ordinal)} from redactions r
                cross join lateral (select * from journal where record_id = r.record_id and version = r.version limit 1) j
                where (r.xid, r.seq) > ($1, $2) and r.xid < pg_snapshot_xmin(pg_current_snapshot()) order by r.xid, r.seq limit $3)
        ) told order by xid, seq limit $3
        """;

    /// <summary>Reads the next rows after a cursor; fewer than <see cref="BatchSize"/> when there are no more that are certain.</summary>
    /// <param name="connection">An open connection of the role that reads the rows of all sites.</param>
    /// <param name="after">The cursor.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static Task<List<StoredVersion>> ReadAsync(NpgsqlConnection connection, JournalCursor after, CancellationToken cancellation) =>
        new SiteSession(connection, sites: null).ReadVersionsAsync(Sql, Parameters(after), cancellation);

    /// <summary>Reads the next rows that a session may see, and where to go on.</summary>
    /// <param name="session">The session.</param>
    /// <param name="after">The cursor.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static async Task<JournalPage> ReadAsync(SiteSession session, JournalCursor after, CancellationToken cancellation)
    {
        var rows = await session.ReadVersionsAsync(Sql, Parameters(after), cancellation);
        var caughtUp = rows.Count < BatchSize;
        var last = rows.Count > 0 ? rows[^1].Cursor : after;
        // Rows of other sites are passed over unseen: whatever was certain has been dealt with.
        return new JournalPage(rows, caughtUp && session.Horizon > last.Xid + 1 ? new JournalCursor(session.Horizon - 1, long.MaxValue) : last, caughtUp);
    }

    private static NpgsqlParameter[] Parameters(JournalCursor after) =>
    [
        new() { Value = after.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
        new() { Value = after.Seq },
        new() { Value = BatchSize },
    ];
}

/// <summary>Rows of the journal that follow a cursor.</summary>
/// <param name="Rows">The rows that may be seen.</param>
/// <param name="Cursor">Where to go on.</param>
/// <param name="CaughtUp">Whether nothing more was certain.</param>
internal readonly record struct JournalPage(List<StoredVersion> Rows, JournalCursor Cursor, bool CaughtUp);

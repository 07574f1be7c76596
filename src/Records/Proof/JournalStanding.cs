using Equecel.Records.Deriving;
using Equecel.Records.Relaying;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Equecel.Records.Proof;

/// <summary>Finds out how the journal stands, in one round trip.</summary>
internal sealed class JournalStanding(RecordDatabase database, RelayState relay, CheckpointState checkpoints, FollowLoop followers)
{
    // The count goes over the smallest index alone. An estimate would hide the one row that matters, and a counter would hide a row that was taken away.
    private static readonly string[] Questions =
    [
        "select xid, seq, save_time from journal where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, seq desc limit 1",
        "select count(*) from journal",
        $"""
        with stored as (select xid, seq from relay_positions where exchange = '{RelayChannel.Exchange}'),
        told as (select coalesce((select xid from stored), '0'::xid8) as xid, coalesce((select seq from stored), 0) as seq)
        select told.xid, told.seq, count(j.seq), min(j.save_time) from told
        left join journal j on (j.xid, j.seq) > (told.xid, told.seq) and j.xid < pg_snapshot_xmin(pg_current_snapshot())
        group by told.xid, told.seq
        """,
        "select h.transactions, h.seconds, pg_database_size(current_database()), (select version from schema_version) from horizon_age() h",
    ];

    public async Task<JournalStatus> GetAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var question in Questions)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(question));
        }

        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var status = new JournalStatus { Relay = OwnRelay(), LastCheckpoint = checkpoints.Last, FollowerFailures = { followers.Failures } };
        if (await row.ReadAsync(cancellation))
        {
            status.NewestPosition = new JournalCursor(row.GetFieldValue<ulong>(0), row.GetInt64(1)).ToString();
            status.NewestSaveTime = Timestamp.FromDateTime(row.GetDateTime(2));
        }

        await NextAsync();
        status.VersionCount = row.GetInt64(0);
        await NextAsync();
        var position = new JournalCursor(row.GetFieldValue<ulong>(0), row.GetInt64(1));
        status.Relay.Position = position == JournalCursor.Start ? "" : position.ToString();
        status.Relay.UnpublishedCount = row.GetInt64(2);
        status.Relay.OldestUnpublishedTime = row.IsDBNull(3) ? null : Timestamp.FromDateTime(row.GetDateTime(3));
        await NextAsync();
        status.HorizonAgeTransactions = row.GetInt64(0);
        status.HorizonAgeSeconds = row.GetDouble(1);
        status.DatabaseSizeBytes = row.GetInt64(2);
        status.SchemaVersion = row.GetInt32(3);
        return status;

        async Task NextAsync()
        {
            await row.NextResultAsync(cancellation);
            await row.ReadAsync(cancellation);
        }
    }

    private RelayStatus OwnRelay()
    {
        var failure = relay.LastFailure;
        return new RelayStatus
        {
            Leads = relay.Leads,
            LastFailure = failure?.Why ?? "",
            LastFailureTime = failure is { } last ? Timestamp.FromDateTimeOffset(last.At) : null,
        };
    }
}

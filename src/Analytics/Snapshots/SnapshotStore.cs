using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Npgsql;

namespace Equecel.Analytics.Snapshots;

/// <summary>Keeps the snapshots. One that was made stays as it is.</summary>
internal sealed class SnapshotStore(NpgsqlDataSource database)
{
    private const string Columns = "label, as_of_time, comment, create_time, actor, client, version_count";

    /// <summary>Gets the snapshot of a label.</summary>
    /// <param name="label">The label, in upper or lower case.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">NOT_FOUND: there is none.</exception>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<Snapshot> GetAsync(string label, CancellationToken cancellation) =>
        await FindAsync(label, cancellation) ?? throw RpcError.Of(
            StatusCode.NotFound, ErrorReason.SnapshotUnknown, $"There is no snapshot {label}. List the snapshots to find its label.", [],
            new ResourceInfo { ResourceType = "equecel.snapshot", ResourceName = label });

    /// <summary>Finds the snapshot of a label; null when there is none.</summary>
    /// <param name="label">The label, in upper or lower case.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<Snapshot?> FindAsync(string label, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from snapshots where lower(label) = lower($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = label });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? Read(rows) : null;
    }

    /// <summary>Finds what a request made; null when it was not sent before.</summary>
    /// <param name="client">Who sent it.</param>
    /// <param name="requestId">Its id.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The snapshot and the hash of the request.</returns>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<(Snapshot Snapshot, byte[] RequestHash)?> FindRequestAsync(string client, Guid requestId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns}, request_hash from snapshots where client = $1 and request_id = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = client });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = requestId });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? (Read(rows), rows.GetFieldValue<byte[]>(7)) : null;
    }

    /// <summary>Keeps a new snapshot, unless its label or its request is there already.</summary>
    /// <param name="snapshot">The snapshot; when it was created is told by the database.</param>
    /// <param name="requestId">Id of the request.</param>
    /// <param name="requestHash">Hash of the request, 32 bytes.</param>
    /// <exception cref="NpgsqlException">The database cannot be used; it may have been kept.</exception>
    public async Task AddAsync(Snapshot snapshot, Guid requestId, byte[] requestHash)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            insert into snapshots (label, as_of_time, comment, version_count, actor, client, request_id, request_hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = snapshot.Label },
                new NpgsqlParameter<DateTime> { TypedValue = snapshot.AsOfTime.ToDateTime() },
                new NpgsqlParameter<string> { TypedValue = snapshot.Comment },
                new NpgsqlParameter<long> { TypedValue = snapshot.VersionCount },
                new NpgsqlParameter<string> { TypedValue = snapshot.Actor },
                new NpgsqlParameter<string> { TypedValue = snapshot.Client },
                new NpgsqlParameter<Guid> { TypedValue = requestId },
                new NpgsqlParameter<byte[]> { TypedValue = requestHash },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A page of snapshots, the newest first.</summary>
    /// <param name="before">Number of the last snapshot of the page before; null for the first page.</param>
    /// <param name="count">Most snapshots.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Each with its number.</returns>
    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public async Task<List<(long Number, Snapshot Snapshot)>> ListAsync(long? before, int count, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select {Columns}, snapshot_id from snapshots where snapshot_id < $1 order by snapshot_id desc limit $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new List<(long, Snapshot)>();
        while (await rows.ReadAsync(cancellation))
        {
            page.Add((rows.GetInt64(7), Read(rows)));
        }

        return page;
    }

    private static Snapshot Read(NpgsqlDataReader row) => new()
    {
        Label = row.GetString(0),
        AsOfTime = row.GetFieldValue<DateTimeOffset>(1).ToTimestamp(),
        Comment = row.GetString(2),
        CreateTime = row.GetFieldValue<DateTimeOffset>(3).ToTimestamp(),
        Actor = row.GetString(4),
        Client = row.GetString(5),
        VersionCount = row.GetInt64(6),
    };
}

using Equecel.Audit;
using Equecel.Records.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Proof;

/// <summary>Signs the journal and the audit trail of a capture service.</summary>
internal sealed class Checkpointer(
    RecordDatabase database, CheckpointFile file, CheckpointState state, IConfiguration configuration, TimeProvider time, ILogger<Checkpointer> logger)
    : CheckpointSigner<Checkpoint>(database, file, configuration, logger)
{
    private readonly RecordDatabase journal = database;
    private readonly string service = file.Service;

    /// <inheritdoc/>
    protected override async Task<Checkpoint?> FindNextAsync(Checkpoint? last, CancellationToken cancellation)
    {
        await using var connection = await journal.OpenUnlimitedReaderAsync(cancellation);
        var (auditEvents, auditHash) = await AuditTrail.HeadAsync(connection, cancellation);
        var (from, before) = await StartAsync(connection, last, cancellation);
        var segment = await CheckpointSegment.ReadAsync(connection, from, to: null, cancellation);
        if (segment.Count == 0 && auditEvents == (last?.AuditEvents ?? 0) && before == (last?.Versions ?? 0))
        {
            return null;
        }

        return new Checkpoint
        {
            Number = (last?.Number ?? 0) + 1,
            Service = service,
            Time = time.GetUtcNow(),
            From = from.ToString(),
            Position = segment.Position.ToString(),
            Versions = before + segment.Count,
            Digest = segment.Digest,
            AuditEvents = auditEvents,
            AuditHash = auditHash,
            Previous = last?.LineHash ?? "",
        };
    }

    /// <inheritdoc/>
    protected override void Tell(Checkpoint? known) => state.Last = known?.ToV1();

    /// <summary>Where the next one begins, and how many rows are before it. At the beginning when the last one does not hold any more, as after a restore.</summary>
    private static async Task<(JournalCursor From, long Before)> StartAsync(NpgsqlConnection connection, Checkpoint? last, CancellationToken cancellation)
    {
        if (last is null)
        {
            return (JournalCursor.Start, 0);
        }

        var from = JournalCursor.Find(last.Position)!.Value;
        await using var command = new NpgsqlCommand("select count(*) from journal where (xid, seq) <= ($1, $2)", connection)
        {
            Parameters = { new() { Value = from.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 }, new() { Value = from.Seq } },
            CommandTimeout = 0,
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))! == last.Versions ? (from, last.Versions) : (JournalCursor.Start, 0);
    }
}

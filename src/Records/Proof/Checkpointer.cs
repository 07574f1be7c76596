using Equecel.Records.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Proof;

/// <summary>Signs every few minutes, and once more at the end, what the journal holds; nothing when nothing was added.</summary>
internal sealed class Checkpointer : BackgroundService
{
    private readonly RecordsOptions options;
    private readonly RecordDatabase database;
    private readonly CheckpointFile file;
    private readonly CheckpointState state;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly TimeSpan interval;
    private readonly SemaphoreSlim making = new(1);
    private Checkpoint? last;
    private bool lastIsKnown;

    public Checkpointer(
        RecordsOptions options, RecordDatabase database, CheckpointFile file, CheckpointState state, IConfiguration configuration, TimeProvider time, ILogger<Checkpointer> logger)
    {
        (this.options, this.database, this.file, this.state, this.time, this.logger) = (options, database, file, state, time, logger);
        interval = configuration.GetValue("Records:CheckpointInterval", TimeSpan.FromMinutes(5));
    }

    /// <summary>Makes a checkpoint of what was added since the last one; null when that is nothing.</summary>
    public async Task<Checkpoint?> MakeAsync(CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation);
        try
        {
            return await MakeNextAsync(cancellation);
        }
        finally
        {
            making.Release();
        }
    }

    public override void Dispose()
    {
        making.Dispose();
        base.Dispose();
    }

    private async Task<Checkpoint?> MakeNextAsync(CancellationToken cancellation)
    {
        using var key = file.OpenKey();
        await using var connection = await database.OpenUnlimitedReaderAsync(cancellation);
        if (!lastIsKnown)
        {
            file.CutUnfinishedLine();
            last = file.Lines().Select(line => Checkpoint.Find(line, key)).LastOrDefault(known => known is not null);
            state.Last = last?.ToV1();
            lastIsKnown = true;
        }

        var (auditEvents, auditHash) = await AuditHeadAsync(connection, cancellation);
        var (from, before) = await StartAsync(connection, cancellation);
        var segment = await CheckpointSegment.ReadAsync(connection, from, to: null, cancellation);
        if (segment.Count == 0 && auditEvents == (last?.AuditEvents ?? 0) && before == (last?.Versions ?? 0))
        {
            return null;
        }

        var checkpoint = new Checkpoint
        {
            Number = (last?.Number ?? 0) + 1,
            Service = options.Service,
            Time = time.GetUtcNow(),
            From = from.ToString(),
            Position = segment.Position.ToString(),
            Versions = before + segment.Count,
            Digest = segment.Digest,
            AuditEvents = auditEvents,
            AuditHash = auditHash,
            Previous = last?.LineHash ?? "",
        };
        var line = checkpoint.ToLine(key);
        file.Append(line);
        last = checkpoint with { LineHash = Checkpoint.HashOf(line) };
        state.Last = last.ToV1();
        return last;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!file.IsKept)
        {
            logger.LogWarning("No checkpoints are signed: Records:CheckpointPath names no folder. That the end of the journal was not cut off is then for Analytics to tell");
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(stoppingToken);
            await Task.Delay(interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await TryAsync(limit.Token);
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await database.WaitUntilMigratedAsync(cancellation);
            await MakeAsync(cancellation);
        }
        catch (Exception e)
        {
            // Whatever it was, the next one covers what this one would have.
            if (!cancellation.IsCancellationRequested)
            {
                logger.LogWarning("No checkpoint was signed: {Failure}", (e as PostgresException)?.SqlState ?? e.GetType().Name);
            }
        }
    }

    /// <summary>Where the next one begins, and how many rows are before it. At the beginning when the last one does not hold any more, as after a restore.</summary>
    private async Task<(JournalCursor From, long Before)> StartAsync(NpgsqlConnection connection, CancellationToken cancellation)
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

    private static async Task<(long Number, string Hash)> AuditHeadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select number, hash from audit_events order by number desc limit 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1))) : (0, "");
    }
}

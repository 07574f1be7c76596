using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equecel.Audit;

/// <summary>
/// Keeps what happens beside the saves. What must not be done unseen is written before it is done; refusals and reads are gathered
/// for a second, so that a storm of them costs the callers nothing and becomes one event with a count.
/// </summary>
public sealed class AuditLog(IAuditDatabase database, ILogger<AuditLog> logger) : BackgroundService
{
    private const long ChainLock = 7_301_003;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly GatheredNotes gathered = new();

    /// <summary>Notes something down, to be written within a second.</summary>
    public void Note(AuditNote note) => gathered.Add(note);

    /// <summary>Notes down that somebody who sees all sites read records of a participant.</summary>
    public void NoteRead(ServerCallContext context, string participant)
    {
        if (participant.Length > 0 && Caller.Of(context).Sites.Site is null)
        {
            Note(AuditNote.Of(AuditEventKind.ParticipantRead, context, participant));
        }
    }

    /// <summary>Notes down that somebody who sees all sites read a list of records: of a participant, or of many at once, which leave the platform.</summary>
    /// <param name="context">The call.</param>
    /// <param name="participant">The one participant whose records it lists; empty for all.</param>
    /// <param name="site">The one site whose records it lists; empty for all.</param>
    public void NoteList(ServerCallContext context, string participant, string site = "")
    {
        NoteRead(context, participant);
        if (participant.Length == 0 && Caller.Of(context).Sites.Site is null)
        {
            Note(AuditNote.Of(AuditEventKind.Exported, context, site, "list"));
        }
    }

    /// <summary>Writes something before it is done.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: it could not be written, so it must not be done.</exception>
    public async Task WriteAsync(AuditNote note, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await AppendAsync(connection, [new(note, 1)], cancellation);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RpcError.DependencyDown("The database of the audit trail", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Adds events to the chain in the transaction that is open, which they then share.</summary>
    public static async Task AppendAsync(NpgsqlConnection connection, IReadOnlyList<KeyValuePair<AuditNote, long>> notes, CancellationToken cancellation)
    {
        var (number, hash, time) = await HeadAsync(connection, cancellation);
        var hashes = new byte[notes.Count][];
        for (var i = 0; i < notes.Count; i++)
        {
            hashes[i] = hash = notes[i].Key.Hash(hash, number + i + 1, time, notes[i].Value);
        }

        await using var insert = new NpgsqlCommand(
            """
            insert into audit_events (number, kind, event_time, actor, client, method, subject, detail, count, hash)
            select $1 + n, kind, $2, actor, client, method, subject, detail, count, hash
            from unnest($3, $4, $5, $6, $7, $8, $9, $10) with ordinality as t(kind, actor, client, method, subject, detail, count, hash, n)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = number }, new() { Value = time },
                Column(note => (short)note.Key.Kind), Column(note => note.Key.Actor), Column(note => note.Key.Client), Column(note => note.Key.Method),
                Column(note => note.Key.Subject), Column(note => note.Key.Detail), Column(note => note.Value), new() { Value = hashes },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellation);

        NpgsqlParameter<T[]> Column<T>(Func<KeyValuePair<AuditNote, long>, T> value) => new() { TypedValue = [.. notes.Select(value)] };
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteGatheredAsync();
        }
    }

    private async Task WriteGatheredAsync()
    {
        if (gathered.IsEmpty)
        {
            return;
        }

        var notes = gathered.Take();
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            await AppendAsync(connection, notes, CancellationToken.None);
            await transaction.CommitAsync();
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e) || e is RpcException)
        {
            // They wait for the database with those that come meanwhile.
            gathered.Return(notes);
        }
        catch (Exception e)
        {
            logger.LogError("{Count} audit events were lost: {Failure}", notes.Count, BackgroundFailure.Count("audit log", e));
        }
    }

    private static async Task<(long Number, byte[] Hash, DateTime Time)> HeadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // One after the other: the second statement sees what whoever had the lock before has added.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select pg_advisory_xact_lock({ChainLock})"),
                new("""
                    select coalesce(last.number, 0), coalesce(last.hash, ''), clock_timestamp()
                    from (select) as always left join lateral (select number, hash from audit_events order by number desc limit 1) as last on true
                    """),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.NextResultAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetDateTime(2));
    }
}

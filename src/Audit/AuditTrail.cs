using System.Runtime.CompilerServices;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Audit;

/// <summary>Reads the audit events, and says whether they are what was written.</summary>
public static class AuditTrail
{
    private const int PageSize = 1_000;

    /// <summary>The events of a range of time, in the order of their numbers. Read page by page, so that a slow reader holds no connection.</summary>
    /// <param name="open">Opens a connection for a page.</param>
    /// <param name="from">Start of the range; null for the first event.</param>
    /// <param name="to">End of the range; null for the last.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<AuditEvent> ReadAsync(
        Func<Task<NpgsqlConnection>> open, DateTime? from, DateTime? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        // Whatever somebody put in is told, whichever number it has.
        var next = long.MinValue;
        List<AuditEvent> page;
        do
        {
            await using (var connection = await open())
            {
                page = await ReadAsync(connection, from, to, next, PageSize, cancellation).ToListAsync(cancellation);
            }

            foreach (var told in page)
            {
                yield return told;
            }

            next = page.Count == 0 ? next : unchecked(page[^1].Number + 1);
        }
        while (page.Count == PageSize && next != long.MinValue);
    }

    /// <summary>All events, and what is wrong with each; empty when it is sound.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<(AuditEvent Event, string Fault)> VerifyAsync(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        AuditEvent? previous = null;
        await foreach (var told in ReadAsync(connection, from: null, to: null, first: long.MinValue, most: null, cancellation))
        {
            yield return (told, FaultOf(told, previous));
            previous = told;
        }
    }

    /// <summary>Number and hash, in hexadecimal, of the last event; 0 and empty when there is none.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<(long Number, string Hash)> HeadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select number, hash from audit_events order by number desc limit 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1))) : (0, "");
    }

    /// <summary>The hash of an event, in hexadecimal; null when it is not there.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="number">Its number.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<string?> FindHashAsync(NpgsqlConnection connection, long number, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select hash from audit_events where number = $1", connection) { Parameters = { new() { Value = number } } };
        return await command.ExecuteScalarAsync(cancellation) is byte[] hash ? Convert.ToHexStringLower(hash) : null;
    }

    private static async IAsyncEnumerable<AuditEvent> ReadAsync(
        NpgsqlConnection connection, DateTime? from, DateTime? to, long first, int? most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select number, kind, event_time, actor, client, method, subject, detail, count, hash from audit_events
            where event_time >= coalesce($1::timestamptz, '-infinity') and event_time < coalesce($2::timestamptz, 'infinity') and number >= $3
            order by number limit $4
            """,
            connection)
        {
            Parameters =
            {
                Instant(from),
                Instant(to),
                new() { Value = first },
                new() { Value = (object?)most ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            },
            CommandTimeout = 0,
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new AuditEvent
            {
                Number = row.GetInt64(0),
                Kind = (AuditEventKind)row.GetInt16(1),
                EventTime = Timestamp.FromDateTime(row.GetDateTime(2)),
                Actor = row.GetString(3),
                Client = row.GetString(4),
                Method = row.GetString(5),
                Subject = row.GetString(6),
                Detail = row.GetString(7),
                Count = row.GetInt64(8),
                Hash = UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(9)),
            };
        }
    }

    private static string FaultOf(AuditEvent told, AuditEvent? previous)
    {
        var expected = (previous?.Number ?? 0) + 1;
        if (told.Number != expected)
        {
            return $"event {expected} is missing";
        }

        var note = new AuditNote(told.Kind, told.Actor, told.Client, told.Method, told.Subject, told.Detail);
        return note.Hash((previous?.Hash ?? ByteString.Empty).Span, told.Number, told.EventTime.ToDateTime(), told.Count).AsSpan().SequenceEqual(told.Hash.Span)
            ? ""
            : "event altered";
    }

    private static NpgsqlParameter Instant(DateTime? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}

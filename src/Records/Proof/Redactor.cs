using Equecel.Audit;
using Equecel.Common.V1;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;

namespace Equecel.Records.Proof;

/// <summary>Takes away what a version says: the one change of the journal that there is, through a function that belongs to a role of its own.</summary>
internal sealed class Redactor(RecordDatabase database, RecordReader reader, RecordContract contract, JournalSignal signal, TimeProvider time)
{
    /// <summary>Redacts a version, together with the audit event that says so.</summary>
    /// <param name="request">The request, without faults.</param>
    /// <param name="context">The call.</param>
    /// <returns>The version as it is then.</returns>
    /// <exception cref="RpcException">It is not there, counts still, or was redacted before.</exception>
    public async Task<StoredVersion> RedactAsync(RedactVersionRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var recordId = Guid.Parse(request.RecordId);
        var stored = await reader.FindAsync(caller.Sites, recordId, request.Version, asOf: null, context.CancellationToken) ?? throw RpcError.RecordNotFound(request.RecordId);
        if (await FindRequestAsync(caller.Client, Guid.Parse(request.RequestId), context.CancellationToken) is { } before)
        {
            return before == (recordId, request.Version) ? stored : throw RpcError.RequestIdReused(request.RequestId);
        }

        var latest = await reader.FindAsync(caller.Sites, recordId, version: 0, asOf: null, context.CancellationToken);
        if (stored.Header.Redaction is null && latest!.Header.Version == request.Version && latest.Header.State == RecordState.Active)
        {
            throw RpcError.Precondition(
                ErrorReason.RecordState, request.RecordId,
                $"Version {request.Version} of record {request.RecordId} is the one that counts. Amend or retract it first, without what has to go, and redact it then.");
        }

        if (!await TakeAwayAsync(stored.Header, request, context))
        {
            throw RpcError.Precondition(ErrorReason.RecordState, request.RecordId, $"Version {request.Version} of record {request.RecordId} is redacted already.");
        }

        signal.Pulse();
        return (await reader.FindAsync(caller.Sites, recordId, request.Version, asOf: null, CancellationToken.None))!;
    }

    private async Task<bool> TakeAwayAsync(RecordHeader header, RedactVersionRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var notice = new Redaction { Actor = caller.Actor, Client = caller.Client, Reason = request.Reason, RedactTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()) };
        try
        {
            await using var connection = await database.OpenAsync(context.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(context.CancellationToken);
            await using var command = new NpgsqlCommand("select redact_version($1, $2, $3, $4, $5, $6, $7)", connection)
            {
                Parameters =
                {
                    new() { Value = Guid.Parse(header.RecordId) },
                    new() { Value = header.Version },
                    new() { Value = contract.Empty(header.Kind).ToByteArray() },
                    new() { Value = "{}", NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = notice.ToByteArray() },
                    new() { Value = caller.Client },
                    new() { Value = Guid.Parse(request.RequestId) },
                },
            };
            if (!(bool)(await command.ExecuteScalarAsync(context.CancellationToken))!)
            {
                return false;
            }

            var note = AuditNote.Of(AuditEventKind.Redacted, context, $"{header.RecordId}/{header.Version}", request.Reason);
            await AuditLog.AppendAsync(connection, [new(note, 1)], context.CancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        }
        catch (PostgresException e) when (e.ConstraintName == "redactions_request_id_key")
        {
            throw RpcError.RequestIdReused(request.RequestId);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    private async Task<(Guid RecordId, int Version)?> FindRequestAsync(string client, Guid requestId, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenReaderAsync(cancellation);
            await using var command = new NpgsqlCommand("select record_id, version from redactions where client = $1 and request_id = $2", connection)
            {
                Parameters = { new() { Value = client }, new() { Value = requestId } },
            };
            await using var row = await command.ExecuteReaderAsync(cancellation);
            return await row.ReadAsync(cancellation) ? (row.GetGuid(0), row.GetInt32(1)) : null;
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }
}

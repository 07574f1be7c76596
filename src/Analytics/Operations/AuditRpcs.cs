using System.Globalization;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Equecel.Audit;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Operations;

/// <summary>Keeps who looked at participants one by one, what was exported and what operators ordered; and tells of it.</summary>
internal sealed class AuditRpcs(AuditLog audit, NpgsqlDataSource database, CheckpointFile checkpoints, ReaderTurns turns)
{
    /// <summary>Keeps, within a second, of whom an answer tells.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="context">The call.</param>
    public ListContributorsResponse Named(ListContributorsResponse answer, ServerCallContext context)
    {
        foreach (var participant in answer.Contributors.Select(contributor => contributor.Participant).Distinct())
        {
            audit.Note(AuditNote.Of(AuditEventKind.ParticipantRead, context, participant));
        }

        return answer;
    }

    /// <summary>Sends an answer about participants one by one, of which nothing leaves before it is kept that it does.</summary>
    /// <typeparam name="T">A part of the answer.</typeparam>
    /// <param name="what">Says what it is, as of when, once the request has been found good.</param>
    /// <param name="responses">Where it goes.</param>
    /// <param name="context">The call.</param>
    /// <returns>Sends a part. Throws UNAVAILABLE when what must be kept first cannot be.</returns>
    public Func<T, CancellationToken, Task> Exporting<T>(Func<string> what, IServerStreamWriter<T> responses, ServerCallContext context)
    {
        var isKept = false;
        return async (part, cancellation) =>
        {
            if (!isKept)
            {
                await audit.WriteAsync(AuditNote.Of(AuditEventKind.Exported, context, "", what()), cancellation);
                isKept = true;
            }

            await responses.WriteAsync(part, cancellation);
        };
    }

    /// <summary>Keeps what an operator has ordered, before it is done.</summary>
    /// <param name="what">What.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">UNAVAILABLE: it cannot be kept, so it must not be done.</exception>
    public Task OrderedAsync(string what, ServerCallContext context) =>
        audit.WriteAsync(AuditNote.Of(AuditEventKind.Operated, context, "", what), context.CancellationToken);

    /// <summary>Exports the audit events of a range of time.</summary>
    /// <param name="request">The range.</param>
    /// <param name="responses">The events.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT naming every field at fault; UNAVAILABLE: the database cannot be used.</exception>
    public async Task ExportAsync(ExportAuditEventsRequest request, IServerStreamWriter<AuditEvent> responses, ServerCallContext context)
    {
        // A range may end in what is still to come.
        Demand([AsOf(request.FromTime, DateTimeOffset.MaxValue, "from_time"), AsOf(request.ToTime, DateTimeOffset.MaxValue, "to_time")]);
        Demand([Check(request.FromTime is null || request.ToTime is null || request.FromTime < request.ToTime, "to_time", "The range ends before it begins. Give a later end, or none.")]);
        await audit.WriteAsync(AuditNote.Of(AuditEventKind.Exported, context, "", "audit events"), context.CancellationToken);
        await AnalyticsDatabase.AskAsync(async () =>
        {
            await foreach (var told in AuditTrail.ReadAsync(
                () => database.OpenUnlimitedAsync(context.CancellationToken), request.FromTime?.ToDateTime(), request.ToTime?.ToDateTime(), context.CancellationToken))
            {
                await responses.WriteAsync(told, context.CancellationToken);
            }

            return true;
        });
    }

    /// <summary>Tells the audit events that are not what was written, and every signed checkpoint.</summary>
    /// <param name="responses">What was found.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">UNAVAILABLE: the database cannot be used.</exception>
    public async Task VerifyAsync(IServerStreamWriter<VerifiedVersion> responses, ServerCallContext context)
    {
        audit.Note(AuditNote.Of(AuditEventKind.JournalVerified, context, ""));
        using var turn = await turns.TakeAsync(context.CancellationToken);
        await AnalyticsDatabase.AskAsync(async () =>
        {
            await VerifyAsync(found => responses.WriteAsync(found, context.CancellationToken), context.CancellationToken);
            return true;
        });
    }

    /// <summary>Says as of when something is.</summary>
    /// <param name="what">What.</param>
    /// <param name="asOf">The instant; null for now.</param>
    /// <param name="snapshot">Label of a snapshot instead; empty for none.</param>
    public static string Moment(string what, Timestamp? asOf, string snapshot) =>
        snapshot.Length > 0 ? $"{what} as of snapshot {snapshot}"
        : asOf is null ? what
        : string.Create(CultureInfo.InvariantCulture, $"{what} as of {asOf.ToDateTime():yyyy-MM-dd HH:mm:ss.ffffff}Z");

    private async Task VerifyAsync(Func<VerifiedVersion, Task> tell, CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        await foreach (var (told, fault) in AuditTrail.VerifyAsync(connection, cancellation))
        {
            if (fault.Length > 0)
            {
                await tell(new VerifiedVersion { AuditEvent = told.Number, Hash = told.Hash, Fault = fault });
            }
        }

        await foreach (var checkpoint in CheckpointChain.VerifyAsync<AuditCheckpoint>(checkpoints, connection, (_, _) => Task.FromResult(""), cancellation))
        {
            await tell(checkpoint);
        }
    }
}

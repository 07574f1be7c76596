using Equecel.Audit;
using Equecel.Records.Forms;
using Equecel.Records.Proof;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Equecel.Records.Verbs;

/// <summary>The verbs about a capture service's journal as a whole. An RPC of the service passes its call to the method of the same name.</summary>
public sealed class JournalVerbs
{
    private readonly RecordDatabase database;
    private readonly JournalVerifier verifier;
    private readonly JournalDigests digests;
    private readonly JournalStanding standing;
    private readonly Trail trail;
    private readonly AuditLog audit;

    internal JournalVerbs(IServiceProvider services)
    {
        database = services.GetRequiredService<RecordDatabase>();
        verifier = services.GetRequiredService<JournalVerifier>();
        digests = services.GetRequiredService<JournalDigests>();
        standing = services.GetRequiredService<JournalStanding>();
        trail = services.GetRequiredService<Trail>();
        audit = services.GetRequiredService<AuditLog>();
    }

    /// <summary>Checks every version of the journal against its hashes and the signed checkpoints.</summary>
    /// <param name="responses">What was found.</param>
    /// <param name="context">The call.</param>
    public Task VerifyAsync(IServerStreamWriter<VerifiedVersion> responses, ServerCallContext context)
    {
        audit.Note(AuditNote.Of(AuditEventKind.JournalVerified, context, ""));
        return StreamAsync(verifier.VerifyAsync, responses, context);
    }

    /// <summary>Sums up the versions that were saved in a range of time.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public async Task<JournalDigest> DigestAsync(DigestJournalRequest request, ServerCallContext context)
    {
        Check(request, request.FromTime, request.ToTime);
        try
        {
            return await digests.DigestAsync(request.FromTime?.ToDateTime(), request.ToTime?.ToDateTime(), context.CancellationToken);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    /// <summary>Lists the hashes of the versions that were saved in a range of time.</summary>
    /// <param name="request">The request.</param>
    /// <param name="responses">The hashes.</param>
    /// <param name="context">The call.</param>
    public Task ListHashesAsync(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responses, ServerCallContext context)
    {
        Check(request, request.FromTime, request.ToTime);
        return StreamAsync(cancellation => digests.HashesAsync(request.FromTime?.ToDateTime(), request.ToTime?.ToDateTime(), cancellation), responses, context);
    }

    /// <summary>Says how the journal stands.</summary>
    /// <param name="context">The call.</param>
    public async Task<JournalStatus> StatusAsync(ServerCallContext context)
    {
        try
        {
            return await standing.GetAsync(context.CancellationToken);
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    /// <summary>Exports everything that was ever saved about a participant or a site.</summary>
    /// <param name="request">The request.</param>
    /// <param name="responses">The entries of the trail.</param>
    /// <param name="context">The call.</param>
    public async Task ExportTrailAsync(ExportTrailRequest request, IServerStreamWriter<TrailEntry> responses, ServerCallContext context)
    {
        var site = ParticipantCode.IsSite(request.Participant) ? request.Participant : ParticipantCode.FindSite(request.Participant);
        if (site is null)
        {
            throw RpcError.InvalidField("participant", "Required. Site code and number, such as 01-0001, or a site code, such as 01.");
        }

        var caller = Caller.Of(context);
        caller.Sites.Demand(site);
        await audit.WriteAsync(AuditNote.Of(AuditEventKind.Exported, context, request.Participant), context.CancellationToken);
        await StreamAsync(cancellation => trail.ReadAsync(caller.Sites, request.Participant, cancellation), responses, context);
    }

    /// <summary>Exports what happened beside the saves.</summary>
    /// <param name="request">The request.</param>
    /// <param name="responses">The events.</param>
    /// <param name="context">The call.</param>
    public async Task ExportAuditEventsAsync(ExportAuditEventsRequest request, IServerStreamWriter<AuditEvent> responses, ServerCallContext context)
    {
        Check(request, request.FromTime, request.ToTime);
        await audit.WriteAsync(AuditNote.Of(AuditEventKind.Exported, context, "", "audit events"), context.CancellationToken);
        await StreamAsync(
            cancellation => AuditTrail.ReadAsync(
                () => database.OpenUnlimitedReaderAsync(cancellation).AsTask(), request.FromTime?.ToDateTime(), request.ToTime?.ToDateTime(), cancellation),
            responses,
            context);
    }

    private static async Task StreamAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> read, IServerStreamWriter<T> responses, ServerCallContext context)
    {
        try
        {
            await foreach (var item in read(context.CancellationToken))
            {
                await responses.WriteAsync(item, context.CancellationToken);
            }
        }
        catch (Exception e) when (DatabaseFailure.IsTransient(e))
        {
            throw RecordDatabase.Down();
        }
    }

    private static void Check(IMessage request, Timestamp? from, Timestamp? to)
    {
        var violations = WireValues.Check(request).Select(finding => SubmissionParser.Violation(finding, "")).ToList();
        if (violations.Count == 0 && from is not null && to is not null && to <= from)
        {
            throw RpcError.InvalidField("to_time", "The range ends before it begins. Give a later end, or none.");
        }

        if (violations.Count > 0)
        {
            throw RpcError.InvalidFields(violations);
        }
    }
}

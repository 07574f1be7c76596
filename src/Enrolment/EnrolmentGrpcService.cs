using Equecel.Enrolment.Directory;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Rpcs;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Enrolment;

internal sealed class EnrolmentGrpcService(
    RecordVerbs<EnrolmentRecord> records, QueryVerbs<EnrolmentRecord> queries, JournalVerbs journal,
    OnlyRecords<EnrolmentRecord> only, EnrolledParticipants participants)
    : CaptureGrpcService(records, queries, journal)
{
    private const int MaxLookUp = 1000;

    public override Task<EnrolmentRecord> Freeze(FreezeRequest request, ServerCallContext context) => only.SaveAsync<V1.Freeze>(
        request,
        _ => new() { State = V1.Freeze.Types.State.Frozen, Reason = request.Reason },
        now => now?.State == V1.Freeze.Types.State.Frozen ? $"is frozen already: {now.Reason}" : null,
        context);

    public override Task<EnrolmentRecord> Thaw(ThawRequest request, ServerCallContext context) => only.SaveAsync<V1.Freeze>(
        request,
        _ => new() { State = V1.Freeze.Types.State.Thawed, Reason = request.Reason },
        now => now?.State == V1.Freeze.Types.State.Frozen ? null : "is not frozen.",
        context);

    public override async Task<LookUpParticipantsResponse> LookUpParticipants(LookUpParticipantsRequest request, ServerCallContext context)
    {
        if (request.Participants.Count is 0 or > MaxLookUp)
        {
            throw RpcError.InvalidField("participants", $"Give 1 to {MaxLookUp} codes; this has {request.Participants.Count}.");
        }

        var found = await participants.FindAsync(
            [.. request.Participants.Distinct().Where(code => ParticipantCode.FindSite(code) is not null)], context.CancellationToken);
        return new LookUpParticipantsResponse { Participants = { found.Values } };
    }

    public override async Task ListSiteParticipants(
        ListSiteParticipantsRequest request, IServerStreamWriter<ParticipantFacts> responseStream, ServerCallContext context)
    {
        if (!ParticipantCode.IsSite(request.Site))
        {
            throw RpcError.InvalidField("site", "Required. Two or three digits.");
        }

        await foreach (var facts in participants.OfSiteAsync(request.Site, context.CancellationToken))
        {
            await responseStream.WriteAsync(facts, context.CancellationToken);
        }
    }
}

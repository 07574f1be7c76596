using Equecel.Enrolment.Directory;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Rpcs;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Enrolment;

internal sealed class EnrolmentGrpcService(
    RecordVerbs<EnrolmentRecord> records, QueryVerbs<EnrolmentRecord> queries, JournalVerbs journal, EnrolledParticipants participants)
    : CaptureGrpcService(records, queries, journal)
{
    private const int MaxLookUp = 1000;

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
}

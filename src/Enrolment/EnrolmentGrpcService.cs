using Equecel.Enrolment.Directory;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Enrolment;

internal sealed class EnrolmentGrpcService(RecordVerbs<EnrolmentRecord> records, JournalVerbs journal, EnrolledParticipants participants) : EnrolmentService.EnrolmentServiceBase
{
    private const int MaxLookUp = 1000;

    public override Task<EnrolmentRecord> SubmitRecord(SubmitRecordRequest request, ServerCallContext context) =>
        records.SubmitAsync(request, context);

    public override Task ImportRecords(
        IAsyncStreamReader<ImportRecordsRequest> requestStream, IServerStreamWriter<ImportVerdict> responseStream, ServerCallContext context) =>
        records.ImportAsync(requestStream, row => row.Row, responseStream, context);

    public override Task<EnrolmentRecord> RetractRecord(RetractRecordRequest request, ServerCallContext context) =>
        records.RetractAsync(request, context);

    public override Task<EnrolmentRecord> GetRecord(GetRecordRequest request, ServerCallContext context) =>
        records.GetAsync(request, context);

    public override async Task<ListRecordsResponse> ListRecords(ListRecordsRequest request, ServerCallContext context)
    {
        var (page, nextPageToken) = await records.ListAsync(request, context);
        return new ListRecordsResponse { Records = { page }, NextPageToken = nextPageToken };
    }

    public override async Task<ListVersionsResponse> ListVersions(ListVersionsRequest request, ServerCallContext context)
    {
        var (page, nextPageToken) = await records.ListVersionsAsync(request, context);
        return new ListVersionsResponse { Versions = { page }, NextPageToken = nextPageToken };
    }

    public override Task WatchRecords(
        WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context) =>
        records.WatchAsync(
            request,
            (record, token, caughtUp) => responseStream.WriteAsync(
                new EnrolmentRecordChange { Record = record, ResumeToken = token, CaughtUp = caughtUp }, context.CancellationToken),
            context);

    public override Task VerifyJournal(VerifyJournalRequest request, IServerStreamWriter<VerifiedVersion> responseStream, ServerCallContext context) =>
        journal.VerifyAsync(responseStream, context);

    public override Task<JournalDigest> DigestJournal(DigestJournalRequest request, ServerCallContext context) =>
        journal.DigestAsync(request, context);

    public override Task ListJournalHashes(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responseStream, ServerCallContext context) =>
        journal.ListHashesAsync(request, responseStream, context);

    public override Task<JournalStatus> GetJournalStatus(GetJournalStatusRequest request, ServerCallContext context) =>
        journal.StatusAsync(context);

    public override Task ExportTrail(ExportTrailRequest request, IServerStreamWriter<TrailEntry> responseStream, ServerCallContext context) =>
        journal.ExportTrailAsync(request, responseStream, context);

    public override Task ExportAuditEvents(ExportAuditEventsRequest request, IServerStreamWriter<AuditEvent> responseStream, ServerCallContext context) =>
        journal.ExportAuditEventsAsync(request, responseStream, context);

    public override Task<EnrolmentRecord> RedactVersion(RedactVersionRequest request, ServerCallContext context) =>
        records.RedactAsync(request, context);

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

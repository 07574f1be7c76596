using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Grpc.Core;

namespace Equecel.Records.Rpcs;

/// <summary>The RPCs of every capture service. Compiled into each with its own messages; see <c>CaptureService.props</c>.</summary>
internal class CaptureGrpcService(RecordVerbs<CaptureRecord> records, QueryVerbs<CaptureRecord> queries, JournalVerbs journal) : CaptureServiceBase
{
    public override Task<CaptureRecord> SubmitRecord(CaptureSubmission request, ServerCallContext context) => records.SubmitAsync(request, context);

    public override Task ImportRecords(
        IAsyncStreamReader<CaptureRow> requestStream, IServerStreamWriter<ImportVerdict> responseStream, ServerCallContext context) =>
        records.ImportAsync(requestStream, row => row.Row, responseStream, context);

    public override Task<CaptureRecord> RetractRecord(RetractRecordRequest request, ServerCallContext context) => records.RetractAsync(request, context);

    public override Task<CaptureRecord> GetRecord(GetRecordRequest request, ServerCallContext context) => records.GetAsync(request, context);

    public override async Task<CaptureRecords> ListRecords(ListRecordsRequest request, ServerCallContext context)
    {
        var (page, nextPageToken) = await records.ListAsync(request, context);
        return new CaptureRecords { Records = { page }, NextPageToken = nextPageToken };
    }

    public override async Task<CaptureVersions> ListVersions(ListVersionsRequest request, ServerCallContext context)
    {
        var (page, nextPageToken) = await records.ListVersionsAsync(request, context);
        return new CaptureVersions { Versions = { page }, NextPageToken = nextPageToken };
    }

    public override Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<CaptureRecordChange> responseStream, ServerCallContext context) =>
        records.WatchAsync(
            request,
            (record, token, caughtUp) => responseStream.WriteAsync(
                new CaptureRecordChange { Record = record, ResumeToken = token, CaughtUp = caughtUp }, context.CancellationToken),
            context);

    public override Task<CaptureRecord> RedactVersion(RedactVersionRequest request, ServerCallContext context) => records.RedactAsync(request, context);

    public override Task<CaptureRecord> OpenQuery(OpenQueryRequest request, ServerCallContext context) => queries.OpenAsync(request, context);

    public override Task<CaptureRecord> AnswerQuery(AnswerQueryRequest request, ServerCallContext context) => queries.AnswerAsync(request, context);

    public override Task<CaptureRecord> CloseQuery(CloseQueryRequest request, ServerCallContext context) => queries.CloseAsync(request, context);

    public override Task<CaptureRecord> ReopenQuery(ReopenQueryRequest request, ServerCallContext context) => queries.ReopenAsync(request, context);

    public override async Task<CaptureRecords> ListQueries(ListQueriesRequest request, ServerCallContext context)
    {
        var (page, nextPageToken) = await queries.ListAsync(request, context);
        return new CaptureRecords { Records = { page }, NextPageToken = nextPageToken };
    }

    public override Task<SetCrossChecksResponse> SetCrossChecks(SetCrossChecksRequest request, ServerCallContext context) =>
        queries.SetCrossChecksAsync(request, context);

    public override Task VerifyJournal(VerifyJournalRequest request, IServerStreamWriter<VerifiedVersion> responseStream, ServerCallContext context) =>
        journal.VerifyAsync(responseStream, context);

    public override Task<JournalDigest> DigestJournal(DigestJournalRequest request, ServerCallContext context) => journal.DigestAsync(request, context);

    public override Task ListJournalHashes(ListJournalHashesRequest request, IServerStreamWriter<JournalHash> responseStream, ServerCallContext context) =>
        journal.ListHashesAsync(request, responseStream, context);

    public override Task<JournalStatus> GetJournalStatus(GetJournalStatusRequest request, ServerCallContext context) => journal.StatusAsync(context);

    public override Task ExportTrail(ExportTrailRequest request, IServerStreamWriter<TrailEntry> responseStream, ServerCallContext context) =>
        journal.ExportTrailAsync(request, responseStream, context);

    public override Task ExportAuditEvents(ExportAuditEventsRequest request, IServerStreamWriter<AuditEvent> responseStream, ServerCallContext context) =>
        journal.ExportAuditEventsAsync(request, responseStream, context);
}

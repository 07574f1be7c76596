using Equecel.Questionnaire.V1;
using Equecel.Records.Schedule;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Grpc.Core;

namespace Equecel.Questionnaire;

internal sealed class QuestionnaireGrpcService(RecordVerbs<QuestionnaireRecord> records, JournalVerbs journal, ScheduleVerbs schedule) : QuestionnaireService.QuestionnaireServiceBase
{
    public override Task<QuestionnaireRecord> SubmitRecord(SubmitRecordRequest request, ServerCallContext context) =>
        records.SubmitAsync(request, context);

    public override Task ImportRecords(
        IAsyncStreamReader<ImportRecordsRequest> requestStream, IServerStreamWriter<ImportVerdict> responseStream, ServerCallContext context) =>
        records.ImportAsync(requestStream, row => row.Row, responseStream, context);

    public override Task<QuestionnaireRecord> RetractRecord(RetractRecordRequest request, ServerCallContext context) =>
        records.RetractAsync(request, context);

    public override Task<QuestionnaireRecord> GetRecord(GetRecordRequest request, ServerCallContext context) =>
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
        WatchRecordsRequest request, IServerStreamWriter<QuestionnaireRecordChange> responseStream, ServerCallContext context) =>
        records.WatchAsync(
            request,
            (record, token, caughtUp) => responseStream.WriteAsync(
                new QuestionnaireRecordChange { Record = record, ResumeToken = token, CaughtUp = caughtUp }, context.CancellationToken),
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

    public override Task<QuestionnaireRecord> RedactVersion(RedactVersionRequest request, ServerCallContext context) =>
        records.RedactAsync(request, context);

    public override Task<ListDueFormsResponse> ListDueForms(ListDueFormsRequest request, ServerCallContext context) =>
        schedule.ListAsync(request, context);
}

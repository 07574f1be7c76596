using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Tests.Peer;

/// <summary>Enrolment, as a test tells it to answer.</summary>
public sealed class EnrolmentPeer : EnrolmentService.EnrolmentServiceBase
{
    public Func<SubmitRecordRequest, ServerCallContext, Task<EnrolmentRecord>> OnSubmit { get; set; } =
        (request, _) => Task.FromResult(new EnrolmentRecord { Header = new() { RequestId = request.Header.RequestId, Version = 1 } });

    public ImportPeer<ImportRecordsRequest> Import { get; } = new(message => message.Row.Header);

    public Func<WatchRecordsRequest, IServerStreamWriter<EnrolmentRecordChange>, ServerCallContext, Task> OnWatch { get; set; } =
        (_, _, _) => Task.CompletedTask;

    public List<VerifiedVersion> Journal { get; } = [];

    public Func<GetRecordRequest, EnrolmentRecord> OnGet { get; set; } =
        _ => throw new RpcException(new Status(StatusCode.NotFound, "There is no such record."));

    public override Task<EnrolmentRecord> SubmitRecord(SubmitRecordRequest request, ServerCallContext context) => OnSubmit(request, context);

    public override Task ImportRecords(
        IAsyncStreamReader<ImportRecordsRequest> requestStream, IServerStreamWriter<ImportVerdict> responseStream, ServerCallContext context) =>
        Import.RunAsync(requestStream, responseStream, context);

    public override Task WatchRecords(
        WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context) =>
        OnWatch(request, responseStream, context);

    public override Task<EnrolmentRecord> GetRecord(GetRecordRequest request, ServerCallContext context) => Task.FromResult(OnGet(request));

    public override async Task VerifyJournal(
        VerifyJournalRequest request, IServerStreamWriter<VerifiedVersion> responseStream, ServerCallContext context)
    {
        foreach (var version in Journal)
        {
            await responseStream.WriteAsync(version);
        }
    }

    public Func<JournalStatus> OnStatus { get; set; } = () => new() { Relay = new() };

    public override Task<JournalStatus> GetJournalStatus(GetJournalStatusRequest request, ServerCallContext context) => Task.FromResult(OnStatus());
}

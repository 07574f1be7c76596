using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Tests.Peer;

/// <summary>Questionnaire, as a test tells it to answer.</summary>
public sealed class QuestionnairePeer : QuestionnaireService.QuestionnaireServiceBase
{
    public ImportPeer<ImportRecordsRequest> Import { get; } = new(message => message.Row.Header);

    public Func<WatchRecordsRequest, IServerStreamWriter<QuestionnaireRecordChange>, ServerCallContext, Task> OnWatch { get; set; } =
        (_, _, _) => Task.CompletedTask;

    public List<VerifiedVersion> Journal { get; } = [];

    public override Task ImportRecords(
        IAsyncStreamReader<ImportRecordsRequest> requestStream, IServerStreamWriter<ImportVerdict> responseStream, ServerCallContext context) =>
        Import.RunAsync(requestStream, responseStream, context);

    public override Task WatchRecords(
        WatchRecordsRequest request, IServerStreamWriter<QuestionnaireRecordChange> responseStream, ServerCallContext context) =>
        OnWatch(request, responseStream, context);

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

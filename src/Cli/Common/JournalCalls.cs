using Equecel.Client;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Cli.Common;

/// <summary>What a command asks the journal of one capture service.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Verify">Its versions, checked.</param>
/// <param name="GetHeader">What the platform says about a version of a record.</param>
/// <param name="Watch">What it saves, as its feed tells it; taken up again after a cut.</param>
internal sealed record JournalCalls(
    string Service,
    Func<CancellationToken, AsyncUnaryCall<JournalStatus>> Status,
    Func<CancellationToken, AsyncServerStreamingCall<VerifiedVersion>> Verify,
    Func<GetRecordRequest, CancellationToken, Task<RecordHeader?>> GetHeader,
    Func<WatchRecordsRequest, CancellationToken, IAsyncEnumerable<SavedChange>> Watch)
{
    /// <summary>Those of every capture service, in the order in which a study is sent.</summary>
    /// <param name="client">Who asks.</param>
    public static IReadOnlyList<JournalCalls> All(EquecelClient client) =>
    [
        new(
            "enrolment",
            stop => client.Enrolment.GetJournalStatusAsync(new(), cancellationToken: stop),
            stop => client.Enrolment.VerifyJournal(new(), cancellationToken: stop),
            async (request, stop) => (await client.Enrolment.GetRecordAsync(request, cancellationToken: stop)).Header,
            (request, stop) => client.WatchEnrolmentAsync(request.ResumeToken, request.UntilCaughtUp, request.Kinds, stop)
                .Select(change => new SavedChange(change, change.Record?.Header, change.ResumeToken))),
        new(
            "assessment",
            stop => client.Assessment.GetJournalStatusAsync(new(), cancellationToken: stop),
            stop => client.Assessment.VerifyJournal(new(), cancellationToken: stop),
            async (request, stop) => (await client.Assessment.GetRecordAsync(request, cancellationToken: stop)).Header,
            (request, stop) => client.WatchAssessmentAsync(request.ResumeToken, request.UntilCaughtUp, request.Kinds, stop)
                .Select(change => new SavedChange(change, change.Record?.Header, change.ResumeToken))),
        new(
            "safety",
            stop => client.Safety.GetJournalStatusAsync(new(), cancellationToken: stop),
            stop => client.Safety.VerifyJournal(new(), cancellationToken: stop),
            async (request, stop) => (await client.Safety.GetRecordAsync(request, cancellationToken: stop)).Header,
            (request, stop) => client.WatchSafetyAsync(request.ResumeToken, request.UntilCaughtUp, request.Kinds, stop)
                .Select(change => new SavedChange(change, change.Record?.Header, change.ResumeToken))),
        new(
            "questionnaire",
            stop => client.Questionnaire.GetJournalStatusAsync(new(), cancellationToken: stop),
            stop => client.Questionnaire.VerifyJournal(new(), cancellationToken: stop),
            async (request, stop) => (await client.Questionnaire.GetRecordAsync(request, cancellationToken: stop)).Header,
            (request, stop) => client.WatchQuestionnaireAsync(request.ResumeToken, request.UntilCaughtUp, request.Kinds, stop)
                .Select(change => new SavedChange(change, change.Record?.Header, change.ResumeToken))),
    ];

    /// <summary>Those of one service.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="service">Its name.</param>
    public static JournalCalls Of(EquecelClient client, string service) => All(client).Single(calls => calls.Service == service);
}

/// <summary>That a version was saved, as a feed tells it.</summary>
/// <param name="Change">The service's message.</param>
/// <param name="Header">What the platform says about the version; null when only the token moves on.</param>
/// <param name="Token">Resumes the feed after it.</param>
internal sealed record SavedChange(IMessage Change, RecordHeader? Header, string Token);

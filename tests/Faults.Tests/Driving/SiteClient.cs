using System.Runtime.CompilerServices;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.Faults.Tests.Driving;

/// <summary>
/// Sends saves as a careful site system does: what has no answer is sent again with the same request id, until it has one. Writes
/// the history before and after each attempt.
/// </summary>
/// <param name="name">The OAuth client.</param>
/// <param name="site">Its site; empty for a client of the study.</param>
/// <param name="channel">The channel to the gateway, or to a service past it.</param>
/// <param name="tokens">Access tokens.</param>
/// <param name="history">The history.</param>
/// <param name="complaints">Gets what no fault excuses.</param>
internal sealed class SiteClient(string name, string site, GrpcChannel channel, Tokens tokens, History history, Complaints complaints)
{
    /// <summary>How long an attempt may take, unless something else is said.</summary>
    public static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1.5);

    private readonly CallInvoker calls = channel.CreateCallInvoker();

    /// <summary>The OAuth client.</summary>
    public string Name => name;

    /// <summary>Its site; empty for a client of the study.</summary>
    public string Site => site;

    /// <summary>Where its complaints go.</summary>
    public Complaints Complaints => complaints;

    /// <summary>How long an attempt may take.</summary>
    public TimeSpan Deadline { get; set; } = UsualDeadline;

    /// <summary>Ends waiting for an answer that does not come.</summary>
    public CancellationToken GiveUp { get; set; }

    /// <summary>Enrolment, for other calls.</summary>
    public EnrolmentService.EnrolmentServiceClient Enrolment { get; } = new(channel);

    /// <summary>Prepares a save: gives it a request id, if it has none.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="expectation">What is expected.</param>
    /// <param name="verb">What it is called in the history.</param>
    public Intent Intend(IMessage submission, Expectation expectation, string verb = "submit")
    {
        var service = CaptureService.Of(submission);
        var header = CaptureService.SubmissionHeaderOf(submission);
        if (header.RequestId.Length == 0)
        {
            header.RequestId = Guid.NewGuid().ToString();
        }

        return new Intent(
            history.NextId(), name, site, service.Name, verb, Guid.Parse(header.RequestId), header.RecordId, header.ExpectedVersion, header.Participant,
            service.SubmittedContentOf(submission), expectation);
    }

    /// <summary>Saves a form.</summary>
    public Task<Answer> SubmitAsync(IMessage submission, Expectation expectation) => SubmitAsync(submission, Intend(submission, expectation));

    /// <summary>Saves a form that was prepared.</summary>
    public Task<Answer> SubmitAsync(IMessage submission, Intent intent) =>
        SendAsync(intent, options => CaptureService.Named(intent.Service).SubmitAsync(calls, submission, options));

    /// <summary>Marks a record as entered in error.</summary>
    /// <param name="known">The record as it is known.</param>
    /// <param name="expectation">What is expected.</param>
    public Task<Answer> RetractAsync(KnownRecord known, Expectation expectation)
    {
        var request = new RetractRecordRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            RecordId = known.RecordId,
            ExpectedVersion = known.Version,
            Reason = "entered in error",
        };
        var intent = new Intent(
            history.NextId(), name, site, known.Service, "retract", Guid.Parse(request.RequestId), known.RecordId, known.Version, known.Participant, known.Content, expectation);
        return SendAsync(intent, options => CaptureService.Named(known.Service).RetractAsync(calls, request, options));
    }

    /// <summary>Reads the latest version of a record, once.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="recordId">The record.</param>
    public async Task<IMessage> GetAsync(string service, string recordId) =>
        await CaptureService.Named(service).GetAsync(calls, new GetRecordRequest { RecordId = recordId }, await OptionsAsync(Deadline, GiveUp));

    /// <summary>Follows a feed.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="request">From where, and how far.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<(RecordHeader? Header, string ResumeToken, bool CaughtUp)> WatchAsync(
        string service, WatchRecordsRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in CaptureService.Named(service).WatchAsync(calls, request, await OptionsAsync(deadline: null, cancellation), cancellation))
        {
            yield return change;
        }
    }

    /// <summary>What goes with a call.</summary>
    /// <param name="deadline">How long it may take; null for a stream.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<CallOptions> OptionsAsync(TimeSpan? deadline, CancellationToken cancellation) => new(
        new Metadata { { "authorization", $"Bearer {await tokens.GetAsync(name, cancellation)}" } }, DateTime.UtcNow + deadline, cancellation);

    /// <summary>Notes what an attempt's failure tells beside its answer.</summary>
    public void Learn(Exception failure, string during)
    {
        if (failure is RpcException { StatusCode: StatusCode.Unauthenticated })
        {
            tokens.Forget(name);
        }

        if (Attempts.IsDefect(failure))
        {
            complaints.Add($"{name}, {during}: the platform owns up to a defect: {failure.Message}");
        }
    }

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="failures">How many there were.</param>
    public async Task PauseAsync(int failures)
    {
        var longest = Math.Min(100 * Math.Pow(2, failures), LongestPause.TotalMilliseconds);
        await Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + (0.5 * Random.Shared.NextDouble()))), GiveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Answer> SendAsync(Intent intent, Func<CallOptions, Task<IMessage>> call)
    {
        for (var failures = 0; ; failures++)
        {
            history.Sending(intent);
            var answer = await TryAsync(intent, call);
            history.Answered(intent, answer);
            if (answer.Kind != AnswerKind.Unknown || GiveUp.IsCancellationRequested)
            {
                return answer;
            }

            await PauseAsync(failures);
        }
    }

    private async Task<Answer> TryAsync(Intent intent, Func<CallOptions, Task<IMessage>> call)
    {
        try
        {
            var record = await call(await OptionsAsync(Deadline, GiveUp));
            if (CaptureService.ContentOf(record) != intent.Content)
            {
                complaints.Add($"intent {intent.Id}: the answer to request {intent.RequestId} holds other content than was sent");
            }

            var header = CaptureService.HeaderOf(record);
            return new Answer(AnswerKind.Acknowledged, "OK", header.RecordId, header.Version);
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or OperationCanceledException)
        {
            Learn(e, $"intent {intent.Id}");
            return Attempts.Of(e);
        }
    }
}

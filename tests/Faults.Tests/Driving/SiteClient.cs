using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
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
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1.5);

    private readonly EnrolmentService.EnrolmentServiceClient enrolment = new(channel);
    private readonly SafetyService.SafetyServiceClient safety = new(channel);

    /// <summary>The OAuth client.</summary>
    public string Name => name;

    /// <summary>Its site; empty for a client of the study.</summary>
    public string Site => site;

    /// <summary>Where its complaints go.</summary>
    public Complaints Complaints => complaints;

    /// <summary>Ends waiting for an answer that does not come.</summary>
    public CancellationToken GiveUp { get; set; }

    /// <summary>Enrolment, for other calls.</summary>
    public EnrolmentService.EnrolmentServiceClient Enrolment => enrolment;

    /// <summary>Safety, for other calls.</summary>
    public SafetyService.SafetyServiceClient Safety => safety;

    /// <summary>Prepares a save: gives it a request id, if it has none.</summary>
    public Intent Intend(Equecel.Enrolment.V1.SubmitRecordRequest request, Expectation expectation, string verb = "submit") =>
        Intend("enrolment", verb, Identified(request.Header), Forms.ContentOf(request), expectation);

    /// <inheritdoc cref="Intend(Equecel.Enrolment.V1.SubmitRecordRequest, Expectation, string)"/>
    public Intent Intend(Equecel.Safety.V1.SubmitRecordRequest request, Expectation expectation, string verb = "submit") =>
        Intend("safety", verb, Identified(request.Header), Forms.ContentOf(request), expectation);

    /// <summary>Saves a form.</summary>
    public Task<Answer> SubmitAsync(Equecel.Enrolment.V1.SubmitRecordRequest request, Expectation expectation) =>
        SubmitAsync(request, Intend(request, expectation));

    /// <inheritdoc cref="SubmitAsync(Equecel.Enrolment.V1.SubmitRecordRequest, Expectation)"/>
    public Task<Answer> SubmitAsync(Equecel.Safety.V1.SubmitRecordRequest request, Expectation expectation) =>
        SubmitAsync(request, Intend(request, expectation));

    /// <summary>Saves a form that was prepared.</summary>
    public Task<Answer> SubmitAsync(Equecel.Enrolment.V1.SubmitRecordRequest request, Intent intent) => SendAsync(intent, async options =>
    {
        var record = await enrolment.SubmitRecordAsync(request, options);
        return (record.Header, Forms.ContentOf(record));
    });

    /// <inheritdoc cref="SubmitAsync(Equecel.Enrolment.V1.SubmitRecordRequest, Intent)"/>
    public Task<Answer> SubmitAsync(Equecel.Safety.V1.SubmitRecordRequest request, Intent intent) => SendAsync(intent, async options =>
    {
        var record = await safety.SubmitRecordAsync(request, options);
        return (record.Header, Forms.ContentOf(record));
    });

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
        return SendAsync(intent, async options =>
        {
            if (known.Service == "safety")
            {
                var death = await safety.RetractRecordAsync(request, options);
                return (death.Header, Forms.ContentOf(death));
            }

            var record = await enrolment.RetractRecordAsync(request, options);
            return (record.Header, Forms.ContentOf(record));
        });
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

    private async Task<Answer> SendAsync(Intent intent, Func<CallOptions, Task<(RecordHeader Header, string Content)>> call)
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

    private async Task<Answer> TryAsync(Intent intent, Func<CallOptions, Task<(RecordHeader Header, string Content)>> call)
    {
        try
        {
            var (header, content) = await call(await OptionsAsync(Deadline, GiveUp));
            if (content != intent.Content)
            {
                complaints.Add($"intent {intent.Id}: the answer to request {intent.RequestId} holds other content than was sent");
            }

            return new Answer(AnswerKind.Acknowledged, "OK", header.RecordId, header.Version);
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or OperationCanceledException)
        {
            Learn(e, $"intent {intent.Id}");
            return Attempts.Of(e);
        }
    }

    private static SubmissionHeader Identified(SubmissionHeader header)
    {
        if (header.RequestId.Length == 0)
        {
            header.RequestId = Guid.NewGuid().ToString();
        }

        return header;
    }

    private Intent Intend(string service, string verb, SubmissionHeader header, string content, Expectation expectation) => new(
        history.NextId(), name, site, service, verb, Guid.Parse(header.RequestId), header.RecordId, header.ExpectedVersion, header.Participant, content, expectation);
}

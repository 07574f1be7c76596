using Equecel.Client.Calls;
using Equecel.Client.Streams;
using Equecel.Client.Tokens;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Equecel.Client;

/// <summary>The platform as a site system or the study team calls it. Safe to share between threads; make one and keep it.</summary>
/// <remarks>
/// The clients in <see cref="Enrolment"/>, <see cref="Assessment"/>, <see cref="Safety"/>, <see cref="Questionnaire"/> and
/// <see cref="Analytics"/> bring the token, set a deadline where
/// the call sets none, give a submission or retraction without a request id one (in the message itself), and send a unary call again
/// with the same request id when the platform was away; while most calls fail, each is sent once. A call that fails throws <see cref="RpcException"/>; see <see cref="RpcProblem"/>.
/// </remarks>
public sealed class EquecelClient : IDisposable
{
    private const int LargestAnswerBytes = 64 * 1024 * 1024;

    private readonly EquecelClientOptions options;
    private readonly HttpClient tokenHttp;
    private readonly TokenSource tokens;
    private readonly RetryBudget budget = new();
    private readonly GrpcChannel channel;
    private readonly CallInvoker calls;

    /// <summary>Makes the client; nothing is sent before the first call.</summary>
    /// <param name="options">Where the platform is, and who calls it.</param>
    /// <exception cref="ArgumentException">The client id or secret is empty, or there are to be no attempts.</exception>
    public EquecelClient(EquecelClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ClientId, nameof(options));
        ArgumentException.ThrowIfNullOrEmpty(options.ClientSecret, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1, nameof(options));

        this.options = options;
        tokenHttp = new HttpClient(Transport.Create(options), disposeHandler: true) { Timeout = options.UnaryDeadline };
        tokens = new TokenSource(tokenHttp, options);
        channel = GrpcChannel.ForAddress(options.GatewayAddress, new GrpcChannelOptions
        {
            HttpHandler = new TokenHandler(tokens) { InnerHandler = new GatheringHandler { InnerHandler = Transport.Create(options) } },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestAnswerBytes,
        });

        calls = channel.Intercept(new CallInterceptor(options, tokens, budget));
        Enrolment = new(calls);
        Assessment = new(calls);
        Safety = new(calls);
        Questionnaire = new(calls);
        Analytics = new(calls);
    }

    /// <summary>Enrolment: sites, who takes part, what they were given, how they stand.</summary>
    public Enrolment.V1.EnrolmentService.EnrolmentServiceClient Enrolment { get; }

    /// <summary>Assessment: what was measured of the disease, and how participants responded.</summary>
    public Assessment.V1.AssessmentService.AssessmentServiceClient Assessment { get; }

    /// <summary>Safety: adverse events, hospital stays, deaths, second cancers, use of care, and what is to be reported.</summary>
    public Safety.V1.SafetyService.SafetyServiceClient Safety { get; }

    /// <summary>Questionnaire: what participants answered, and the scores computed from it.</summary>
    public Questionnaire.V1.QuestionnaireService.QuestionnaireServiceClient Questionnaire { get; }

    /// <summary>Analytics: the study's results.</summary>
    public Analytics.V1.AnalyticsService.AnalyticsServiceClient Analytics { get; }

    /// <summary>Sends forms to Enrolment as a stream, however many, and goes on where it was after a cut.</summary>
    /// <param name="rows">The forms. A row without a request id is given one, in the row itself.</param>
    /// <param name="importOptions">How; null means the defaults.</param>
    /// <param name="cancellationToken">Stops the import; what has a verdict is saved.</param>
    /// <returns>One verdict for each row, in the order of the rows, numbered from 1. Read it on, or the sending stops.</returns>
    /// <exception cref="RpcException">The import as a whole was refused, or the platform stayed away.</exception>
    public IAsyncEnumerable<ImportVerdict> ImportAsync(
        IAsyncEnumerable<Enrolment.V1.SubmitRecordRequest> rows, ImportOptions? importOptions = null, CancellationToken cancellationToken = default) =>
        ImportAsync(
            rows, Enrolment.ImportRecords, static row => row.Header ??= new(), static () => new Enrolment.V1.ImportRecordsRequest(), static (message, row) => message.Row = row,
            importOptions, cancellationToken);

    /// <summary>Sends forms to Assessment as a stream, however many, and goes on where it was after a cut.</summary>
    /// <inheritdoc cref="ImportAsync(IAsyncEnumerable{Enrolment.V1.SubmitRecordRequest}, ImportOptions?, CancellationToken)"/>
    public IAsyncEnumerable<ImportVerdict> ImportAsync(
        IAsyncEnumerable<Assessment.V1.SubmitRecordRequest> rows, ImportOptions? importOptions = null, CancellationToken cancellationToken = default) =>
        ImportAsync(
            rows, Assessment.ImportRecords, static row => row.Header ??= new(), static () => new Assessment.V1.ImportRecordsRequest(), static (message, row) => message.Row = row,
            importOptions, cancellationToken);

    /// <summary>Sends forms to Safety as a stream, however many, and goes on where it was after a cut.</summary>
    /// <inheritdoc cref="ImportAsync(IAsyncEnumerable{Enrolment.V1.SubmitRecordRequest}, ImportOptions?, CancellationToken)"/>
    public IAsyncEnumerable<ImportVerdict> ImportAsync(
        IAsyncEnumerable<Safety.V1.SubmitRecordRequest> rows, ImportOptions? importOptions = null, CancellationToken cancellationToken = default) =>
        ImportAsync(
            rows, Safety.ImportRecords, static row => row.Header ??= new(), static () => new Safety.V1.ImportRecordsRequest(), static (message, row) => message.Row = row,
            importOptions, cancellationToken);

    /// <summary>Sends forms to Questionnaire as a stream, however many, and goes on where it was after a cut.</summary>
    /// <inheritdoc cref="ImportAsync(IAsyncEnumerable{Enrolment.V1.SubmitRecordRequest}, ImportOptions?, CancellationToken)"/>
    public IAsyncEnumerable<ImportVerdict> ImportAsync(
        IAsyncEnumerable<Questionnaire.V1.SubmitRecordRequest> rows, ImportOptions? importOptions = null, CancellationToken cancellationToken = default) =>
        ImportAsync(
            rows, Questionnaire.ImportRecords, static row => row.Header ??= new(), static () => new Questionnaire.V1.ImportRecordsRequest(), static (message, row) => message.Row = row,
            importOptions, cancellationToken);

    /// <summary>Sends forms to any capture service as a stream, for callers that know its contract at run time only.</summary>
    /// <param name="service">The service, such as <c>EnrolmentService.Descriptor</c>.</param>
    /// <param name="rows">The forms, as its SubmitRecord takes them.</param>
    /// <param name="importOptions">How; null means the defaults.</param>
    /// <param name="cancellationToken">Stops the import; what has a verdict is saved.</param>
    /// <inheritdoc cref="ImportAsync(IAsyncEnumerable{Enrolment.V1.SubmitRecordRequest}, ImportOptions?, CancellationToken)"/>
    /// <exception cref="ArgumentException">The service takes no imports.</exception>
    public IAsyncEnumerable<ImportVerdict> ImportAsync(
        ServiceDescriptor service, IAsyncEnumerable<IMessage> rows, ImportOptions? importOptions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        return RecordImport.RunAsync(DescribedImport.Of(calls, service), rows, importOptions ?? new(), NewResumption, cancellationToken);
    }

    /// <summary>Follows what Enrolment saves, and goes on where it was after a cut.</summary>
    /// <param name="resumeToken">Token of the last change that was dealt with; empty means from the beginning.</param>
    /// <param name="untilCaughtUp">Whether to end when there is nothing more, instead of waiting.</param>
    /// <param name="kinds">Kinds of records to follow, such as <c>infusion</c>; null or none means all.</param>
    /// <param name="cancellationToken">Stops following.</param>
    /// <returns>Each change once, in order. One without a record only moves the token on.</returns>
    /// <exception cref="RpcException">The watch was refused, or the platform stayed away.</exception>
    public IAsyncEnumerable<Enrolment.V1.EnrolmentRecordChange> WatchEnrolmentAsync(
        string resumeToken = "", bool untilCaughtUp = false, IEnumerable<string>? kinds = null, CancellationToken cancellationToken = default) =>
        WatchAsync(Enrolment.WatchRecords, static change => change.ResumeToken, resumeToken, untilCaughtUp, kinds, cancellationToken);

    /// <summary>Follows what Assessment saves, and goes on where it was after a cut.</summary>
    /// <inheritdoc cref="WatchEnrolmentAsync"/>
    public IAsyncEnumerable<Assessment.V1.AssessmentRecordChange> WatchAssessmentAsync(
        string resumeToken = "", bool untilCaughtUp = false, IEnumerable<string>? kinds = null, CancellationToken cancellationToken = default) =>
        WatchAsync(Assessment.WatchRecords, static change => change.ResumeToken, resumeToken, untilCaughtUp, kinds, cancellationToken);

    /// <summary>Follows what Safety saves, and goes on where it was after a cut.</summary>
    /// <inheritdoc cref="WatchEnrolmentAsync"/>
    public IAsyncEnumerable<Safety.V1.SafetyRecordChange> WatchSafetyAsync(
        string resumeToken = "", bool untilCaughtUp = false, IEnumerable<string>? kinds = null, CancellationToken cancellationToken = default) =>
        WatchAsync(Safety.WatchRecords, static change => change.ResumeToken, resumeToken, untilCaughtUp, kinds, cancellationToken);

    /// <summary>Follows what Questionnaire saves, and goes on where it was after a cut.</summary>
    /// <inheritdoc cref="WatchEnrolmentAsync"/>
    public IAsyncEnumerable<Questionnaire.V1.QuestionnaireRecordChange> WatchQuestionnaireAsync(
        string resumeToken = "", bool untilCaughtUp = false, IEnumerable<string>? kinds = null, CancellationToken cancellationToken = default) =>
        WatchAsync(Questionnaire.WatchRecords, static change => change.ResumeToken, resumeToken, untilCaughtUp, kinds, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        channel.Dispose();
        tokenHttp.Dispose();
    }

    private IAsyncEnumerable<ImportVerdict> ImportAsync<TRow, TMessage>(
        IAsyncEnumerable<TRow> rows, Func<CallOptions, AsyncDuplexStreamingCall<TMessage, ImportVerdict>> open, Func<TRow, SubmissionHeader> headerOf,
        Func<TMessage> newMessage, Action<TMessage, TRow> put, ImportOptions? importOptions, CancellationToken cancellationToken) =>
        RecordImport.RunAsync(new ImportTarget<TRow, TMessage>(open, headerOf, newMessage, put), rows, importOptions ?? new(), NewResumption, cancellationToken);

    private IAsyncEnumerable<TChange> WatchAsync<TChange>(
        Func<WatchRecordsRequest, CallOptions, AsyncServerStreamingCall<TChange>> watch, Func<TChange, string> tokenOf,
        string resumeToken, bool untilCaughtUp, IEnumerable<string>? kinds, CancellationToken cancellationToken) => RecordWatch.FollowAsync(
            watch, tokenOf, new() { ResumeToken = resumeToken, UntilCaughtUp = untilCaughtUp, Kinds = { kinds ?? [] } }, NewResumption, cancellationToken);

    private Resumption NewResumption() => new(options, tokens, budget);
}

using Equecel.Common.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.ServiceDefaults;

/// <summary>Builds the errors of the platform: a status, a reason, every field at fault, and what to do next.</summary>
/// <remarks>Details follow <c>google.rpc</c> (AIP-193) and travel in the trailer <c>grpc-status-details-bin</c>.</remarks>
public static class RpcError
{
    /// <summary>Domain of every <see cref="ErrorInfo"/>.</summary>
    public const string Domain = "equecel";

    // Callers take 16 KiB of headers at the most, and details grow by a third on the way.
    private const int MostDetailBytes = 8 * 1024;
    private const int MostTextLetters = 600;

    private const string UnreadableText = "The message is not valid protobuf, or a text in it is not UTF-8. Build it from the published protos.";

    /// <summary>Fields that are wrong in any state: INVALID_ARGUMENT with all of them at once.</summary>
    /// <param name="violations">One for each fault.</param>
    public static RpcException InvalidFields(IEnumerable<BadRequest.Types.FieldViolation> violations)
    {
        var (badRequest, first, count, size) = (new BadRequest(), default(BadRequest.Types.FieldViolation), 0, 0);
        foreach (var violation in violations)
        {
            violation.Description = Short(violation.Description);
            first ??= violation;
            count++;
            size += violation.CalculateSize();
            if (count == 1 || size <= MostDetailBytes)
            {
                badRequest.FieldViolations.Add(violation);
            }
        }

        var (told, others) = (badRequest.FieldViolations.Count, count - 1);
        var message = $"{first!.Field}: {first.Description}"
            + (others == 0 ? "" : told == count ? $" ({others} more in the details.)" : $" ({others} more, of which {told - 1} are in the details.)");

        return Of(StatusCode.InvalidArgument, ErrorReason.InvalidFields, message, details: badRequest);
    }

    /// <summary>One field that is wrong in any state.</summary>
    /// <param name="field">Its path in the request.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static RpcException InvalidField(string field, string message) =>
        InvalidFields([new BadRequest.Types.FieldViolation { Field = field, Description = message }]);

    /// <summary>A message that is not protobuf: INVALID_ARGUMENT about the message as a whole.</summary>
    public static RpcException UnreadableMessage() => Of(
        StatusCode.InvalidArgument, ErrorReason.InvalidFields, UnreadableText,
        details: new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Description = UnreadableText } } });

    /// <summary>No token, or one that is not accepted: UNAUTHENTICATED, without saying which.</summary>
    public static RpcException TokenNotAccepted() => Of(
        StatusCode.Unauthenticated, ErrorReason.TokenNotAccepted,
        "The access token is missing or not accepted. Get a new one from the token endpoint and send it as 'authorization: Bearer …'.");

    /// <summary>The token lacks the scope: PERMISSION_DENIED naming it.</summary>
    /// <param name="scope">Scope that the call needs.</param>
    public static RpcException ScopeMissing(string scope) => Of(
        StatusCode.PermissionDenied, ErrorReason.ScopeMissing,
        $"This call needs the scope {scope}. Ask the study office to grant it to your client.", ("scope", scope));

    /// <summary>The participant or site belongs to another site: PERMISSION_DENIED, whether or not it exists.</summary>
    /// <param name="site">The caller's site.</param>
    public static RpcException OtherSite(string site) => Of(
        StatusCode.PermissionDenied, ErrorReason.OtherSite,
        $"Your client may send and read records of site {site} only.", ("site", site));

    /// <summary>No such record, or none that the caller may see: NOT_FOUND, the same for both.</summary>
    /// <param name="recordId">What was asked for.</param>
    public static RpcException RecordNotFound(string recordId) => Of(
        StatusCode.NotFound, ErrorReason.RecordNotFound,
        $"There is no record {recordId} that you may see. List records to find its id.",
        details: new ResourceInfo { ResourceType = "equecel.record", ResourceName = recordId });

    /// <summary>The request id was used with other content: ALREADY_EXISTS.</summary>
    /// <param name="requestId">The request id.</param>
    public static RpcException RequestIdReused(string requestId) => Of(
        StatusCode.AlreadyExists, ErrorReason.RequestIdReused,
        $"The request id {requestId} was used before with other content. Send this with a new UUID.",
        details: new ResourceInfo { ResourceType = "equecel.request", ResourceName = requestId });

    /// <summary>There is such a record already: ALREADY_EXISTS naming it.</summary>
    /// <param name="key">What the record is about, such as <c>death of 01-0001</c>.</param>
    /// <param name="recordId">The record that is there.</param>
    /// <param name="version">Its latest version.</param>
    public static RpcException RecordExists(string key, string recordId, int version) => Of(
        StatusCode.AlreadyExists, ErrorReason.RecordExists,
        $"There is one record of the {key} already. Amend record {recordId}, version {version}, instead.",
        [("record_id", recordId), ("current_version", $"{version}")],
        new ResourceInfo { ResourceType = "equecel.record", ResourceName = recordId });

    /// <summary>An earlier row of a dry run would be such a record: ALREADY_EXISTS.</summary>
    /// <param name="key">What the record is about, such as <c>death of 01-0001</c>.</param>
    public static RpcException RecordForeseen(string key) => Of(
        StatusCode.AlreadyExists, ErrorReason.RecordExists,
        $"An earlier row of this dry run is the one record of the {key}. Leave one of the two out.",
        details: new ResourceInfo { ResourceType = "equecel.record", ResourceName = key });

    /// <summary>The present state forbids the call: FAILED_PRECONDITION.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="subject">What the condition is about, such as a participant's code.</param>
    /// <param name="message">What is not met and what to do.</param>
    public static RpcException Precondition(ErrorReason reason, string subject, string message) => Of(
        StatusCode.FailedPrecondition, reason, message,
        details: new PreconditionFailure
        {
            Violations = { new PreconditionFailure.Types.Violation { Type = Name(reason), Subject = subject, Description = message } },
        });

    /// <summary>Another version was saved first: ABORTED with the current version.</summary>
    /// <param name="recordId">The record.</param>
    /// <param name="currentVersion">Its latest version.</param>
    public static RpcException VersionConflict(string recordId, int currentVersion) => Of(
        StatusCode.Aborted, ErrorReason.VersionConflict,
        $"Record {recordId} is at version {currentVersion}. Read that, then amend it with expected_version {currentVersion}.",
        ("current_version", $"{currentVersion}"));

    /// <summary>When to come again to a program that stops: another instance, or the same once it has started.</summary>
    internal static TimeSpan StoppedFor { get; } = TimeSpan.FromSeconds(1);

    /// <summary>This service stops.</summary>
    public static RpcException Stopping() => DependencyDown("This service is stopping and", StoppedFor);

    /// <summary>A part that the call needs is down: UNAVAILABLE with when to try again.</summary>
    /// <param name="what">What is down.</param>
    /// <param name="retryAfter">When to try again.</param>
    public static RpcException DependencyDown(string what, TimeSpan retryAfter) => PushBack(Of(
        StatusCode.Unavailable, ErrorReason.DependencyDown,
        $"{what} cannot be reached at the moment. Send the same request again, with the same request id.",
        details: new RetryInfo { RetryDelay = retryAfter.ToDuration() }), retryAfter);

    /// <summary>Too many calls: RESOURCE_EXHAUSTED with when to try again.</summary>
    /// <param name="retryAfter">When to try again.</param>
    public static RpcException RateLimited(TimeSpan retryAfter) => PushBack(Of(
        StatusCode.ResourceExhausted, ErrorReason.RateLimited,
        "Too many calls at once. Send the same request again a little later.",
        details: new RetryInfo { RetryDelay = retryAfter.ToDuration() }), retryAfter);

    /// <summary>Too many open streams: RESOURCE_EXHAUSTED with the limit and when to try again.</summary>
    /// <param name="whose">Who has them open, such as <c>This service</c>.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="retryAfter">When to try again.</param>
    public static RpcException TooManyStreams(string whose, int most, TimeSpan retryAfter) => PushBack(Of(
        StatusCode.ResourceExhausted, ErrorReason.RateLimited,
        $"{whose} has {most} streams open, which is the most. End one that is not needed, or open this one again a little later.",
        [("limit", $"{most} streams")], new RetryInfo { RetryDelay = retryAfter.ToDuration() }), retryAfter);

    /// <summary>Something is larger than allowed: RESOURCE_EXHAUSTED with the limit.</summary>
    /// <param name="what">What is too large.</param>
    /// <param name="limit">The limit with its unit, such as <c>262144 bytes</c>.</param>
    public static RpcException TooLarge(string what, string limit) => Of(
        StatusCode.ResourceExhausted, ErrorReason.TooLarge, $"{what} is larger than {limit}. Send less at a time.", ("limit", limit));

    /// <summary>A stream brought nothing for too long: DEADLINE_EXCEEDED with the limit.</summary>
    /// <param name="limit">How long it may.</param>
    public static RpcException Silent(TimeSpan limit) => Of(
        StatusCode.DeadlineExceeded, ErrorReason.TooSlow,
        $"Nothing came for {limit.TotalSeconds} seconds. Open the stream again when there is something to send.", ("limit", $"{limit.TotalSeconds} seconds"));

    /// <summary>A defect: INTERNAL with an id that finds it in the log, and nothing else.</summary>
    /// <param name="errorId">The id.</param>
    public static RpcException Defect(string errorId) => Of(
        StatusCode.Internal, ErrorReason.Defect,
        $"Something went wrong on our side. Send the same request again, or report error id {errorId}.", ("error_id", errorId));

    /// <summary>An RPC whose contract does not say who may call it: UNIMPLEMENTED.</summary>
    /// <param name="method">The RPC.</param>
    public static RpcException NotCallable(string method) =>
        Of(StatusCode.Unimplemented, ErrorReason.NotCallable, $"{method} cannot be called: its contract grants access to nobody.");

    /// <summary>An error with any status and details.</summary>
    /// <param name="code">The status.</param>
    /// <param name="reason">Why.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="metadata">What a program needs to know, by name.</param>
    /// <param name="details">Further details.</param>
    public static RpcException Of(
        StatusCode code, ErrorReason reason, string message, (string Key, string Value)[] metadata, params Google.Protobuf.IMessage[] details)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = Name(reason) };
        foreach (var (key, value) in metadata)
        {
            info.Metadata[key] = value;
        }

        var status = new Google.Rpc.Status { Code = (int)code, Message = Short(message), Details = { Any.Pack(info) } };
        status.Details.AddRange(details.Select(Any.Pack));
        return status.ToRpcException();
    }

    /// <summary>The reason's name on the wire: <c>VERSION_CONFLICT</c>.</summary>
    /// <param name="reason">The reason.</param>
    public static string Name(ErrorReason reason) => Names[reason];

    private static readonly Dictionary<ErrorReason, string> Names = ErrorsReflection.Descriptor.EnumTypes
        .Single(type => type.Name == nameof(ErrorReason)).Values
        .ToDictionary(value => (ErrorReason)value.Number, value => value.Name["ERROR_REASON_".Length..]);

    private static RpcException Of(StatusCode code, ErrorReason reason, string message, params (string, string)[] metadata) =>
        Of(code, reason, message, metadata, details: []);

    private static RpcException Of(StatusCode code, ErrorReason reason, string message, Google.Protobuf.IMessage details) =>
        Of(code, reason, message, metadata: [], details);

    // What was sent may be quoted, and be long.
    private static string Short(string text) =>
        text.Length <= MostTextLetters ? text : text[..(char.IsHighSurrogate(text[MostTextLetters - 1]) ? MostTextLetters - 1 : MostTextLetters)] + "…";

    private static RpcException PushBack(RpcException error, TimeSpan retryAfter)
    {
        error.Trailers.Add("grpc-retry-pushback-ms", $"{(long)retryAfter.TotalMilliseconds}");
        return error;
    }
}

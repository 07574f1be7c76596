using Equecel.Records.V1;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Faults.Tests.Driving;

/// <summary>Says what the end of an attempt means.</summary>
internal static class Attempts
{
    private static readonly HashSet<StatusCode> Definite =
    [
        StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.Aborted, StatusCode.FailedPrecondition,
        StatusCode.PermissionDenied, StatusCode.OutOfRange, StatusCode.Unimplemented,
    ];

    /// <summary>The answer that a failure is.</summary>
    /// <param name="failure">How the call failed.</param>
    /// <returns>A refusal, when the platform has judged the request; else nothing is known.</returns>
    public static Answer Of(Exception failure) => failure is RpcException rpc
        ? new Answer(Definite.Contains(rpc.StatusCode) ? AnswerKind.Refused : AnswerKind.Unknown, $"{rpc.StatusCode} {ReasonOf(rpc)}") { IsPushedBack = IsPushedBack(rpc) }
        : new Answer(AnswerKind.Unknown, failure.GetType().Name);

    /// <summary>The answer that a verdict is.</summary>
    /// <param name="verdict">The verdict on a row of an import.</param>
    public static Answer Of(ImportVerdict verdict) => verdict.Outcome switch
    {
        ImportOutcome.Saved or ImportOutcome.AlreadyThere => new Answer(AnswerKind.Acknowledged, $"{verdict.Outcome}", verdict.RecordId, verdict.Version),
        ImportOutcome.Refused when Definite.Contains((StatusCode)verdict.StatusCode) =>
            new Answer(AnswerKind.Refused, $"{(StatusCode)verdict.StatusCode} {verdict.ErrorReason} {verdict.ErrorMessage}"),
        _ => new Answer(AnswerKind.Unknown, $"{(StatusCode)verdict.StatusCode} {verdict.ErrorReason}"),
    };

    /// <summary>Whether a failure is a defect that the platform itself owns up to.</summary>
    public static bool IsDefect(Exception failure) => failure is RpcException { StatusCode: StatusCode.Internal } rpc && ReasonOf(rpc) == "DEFECT";

    /// <summary>Whether a failure is one that only time or another attempt can take away.</summary>
    public static bool IsOutage(Exception failure) =>
        failure is HttpRequestException or OperationCanceledException or IOException || (failure is RpcException rpc && !Definite.Contains(rpc.StatusCode));

    // A negative one says not to come again.
    private static bool IsPushedBack(RpcException failure) =>
        failure.StatusCode == StatusCode.Unavailable && long.TryParse(failure.Trailers.GetValue("grpc-retry-pushback-ms"), out var milliseconds) && milliseconds >= 0;

    private static string ReasonOf(RpcException failure)
    {
        var info = failure.GetRpcStatus()?.GetDetail<ErrorInfo>();
        return info is null ? failure.Status.Detail : info.Reason;
    }
}

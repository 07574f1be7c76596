using Google.Rpc;
using Grpc.Core;
using StatusCode = Grpc.Core.StatusCode;

namespace Equecel.Client;

/// <summary>Why a call failed, as the platform's error details say it.</summary>
/// <param name="Code">Status code.</param>
/// <param name="Reason">A value of <c>equecel.common.v1.ErrorReason</c> without its prefix, such as <c>PARTICIPANT_UNKNOWN</c>; empty when
/// the failure did not come from the platform's services.</param>
/// <param name="Message">What is wrong and what to do, in English.</param>
/// <param name="Metadata">Further facts, such as <c>current_version</c> or <c>error_id</c>.</param>
/// <param name="Fields">Every field or condition that is not as it must be; empty when the failure is about something else.</param>
/// <param name="RetryDelay">When the platform said so: after how long to try again. Null otherwise.</param>
public sealed record RpcProblem(
    StatusCode Code, string Reason, string Message, IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<FieldProblem> Fields, TimeSpan? RetryDelay)
{
    /// <summary>Reads the details of a failure.</summary>
    public static RpcProblem Of(RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);

        var details = failure.GetRpcStatus();
        var error = details?.GetDetail<ErrorInfo>();
        return new RpcProblem(
            failure.StatusCode,
            error?.Reason ?? "",
            failure.Status.Detail,
            error is null ? new Dictionary<string, string>() : new Dictionary<string, string>(error.Metadata),
            [
                .. details?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => new FieldProblem(
                    violation.Field, violation.Reason, violation.Description, violation.LocalizedMessage?.Message ?? "")) ?? [],
                .. details?.GetDetail<PreconditionFailure>()?.Violations.Select(violation => new FieldProblem(
                    violation.Subject, violation.Type, violation.Description, "")) ?? [],
            ],
            details?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan());
    }

    /// <summary>Says it in plain text: a line for the whole, then one for each field, with the Chinese where there is one.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Reason.Length == 0 ? Message : $"{Message} ({Reason})";
        foreach (var field in Fields)
        {
            var local = field.LocalMessage.Length == 0 ? "" : $" / {field.LocalMessage}";
            yield return $"{field.Field}: {field.Message}{local}";
        }
    }
}

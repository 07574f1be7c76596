using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Cli.Import;

/// <summary>Verdicts on lines that are not sent, because no service could read them.</summary>
internal static class LineRefusal
{
    /// <summary>Most bytes of a row: a message of 4 MiB, less what wraps the row.</summary>
    public const int LargestRowBytes = (4 * 1024 * 1024) - 64;

    /// <summary>The line is not JSON, or not of a form.</summary>
    public static ImportVerdict NoForm(string why) => Refuse(
        StatusCode.InvalidArgument, "INVALID_FIELDS", $"The line is not a SubmitRecordRequest in JSON: {why} Correct the line and send the file again.");

    /// <summary>The form is larger than a message may be.</summary>
    public static ImportVerdict TooLarge(int bytes) => Refuse(
        StatusCode.ResourceExhausted, "TOO_LARGE", $"The form has {bytes} bytes, and at most {LargestRowBytes} can be sent. Shorten its texts.");

    private static ImportVerdict Refuse(StatusCode code, string reason, string message) =>
        new() { Outcome = ImportOutcome.Refused, StatusCode = (int)code, ErrorReason = reason, ErrorMessage = message };
}

using System.Text;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Running;

/// <summary>How a call ended, with everything that came back.</summary>
internal sealed record Outcome(StatusCode Code, string Detail, Metadata Headers, Metadata Trailers, IReadOnlyList<byte[]> Messages)
{
    private static readonly StatusCode[] Unanswered =
        [StatusCode.Unauthenticated, StatusCode.PermissionDenied, StatusCode.Unimplemented, StatusCode.Internal, StatusCode.Unknown, StatusCode.Unavailable, StatusCode.DeadlineExceeded];

    /// <summary>The platform's details; null when it gave none.</summary>
    public Google.Rpc.Status? Details =>
        Trailers.FirstOrDefault(entry => entry.Key == "grpc-status-details-bin") is { } entry ? Google.Rpc.Status.Parser.ParseFrom(entry.ValueBytes) : null;

    public string Reason => Details?.GetDetail<ErrorInfo>()?.Reason ?? "";

    /// <summary>What is wrong with which fields.</summary>
    public IReadOnlyList<BadRequest.Types.FieldViolation> Violations => [.. Details?.GetDetail<BadRequest>()?.FieldViolations ?? []];

    /// <summary>Paths of the fields at fault.</summary>
    public IReadOnlyList<string> Fields => [.. Violations.Select(violation => violation.Field)];

    /// <summary>Whether the caller was let in, whatever became of what it asked.</summary>
    public bool LetIn => !Unanswered.Contains(Code);

    /// <summary>The same, with the refusal of an import's first row told as a refusal of the call.</summary>
    public Outcome OfFirstRow(Rpc rpc)
    {
        if (rpc.Method.OutputType != ImportVerdict.Descriptor || Code != StatusCode.OK || Messages.Count == 0)
        {
            return this;
        }

        var verdict = ImportVerdict.Parser.ParseFrom(Messages[0]);
        if (verdict.Outcome != ImportOutcome.Refused)
        {
            return this;
        }

        var status = new Google.Rpc.Status
        {
            Details =
            {
                Google.Protobuf.WellKnownTypes.Any.Pack(new ErrorInfo { Reason = verdict.ErrorReason }),
                Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest
                {
                    FieldViolations = { verdict.Findings.Select(finding => new BadRequest.Types.FieldViolation { Field = finding.Field, Description = finding.Message }) },
                }),
            },
        };
        return this with
        {
            Code = (StatusCode)verdict.StatusCode,
            Detail = verdict.ErrorMessage,
            Trailers = new Metadata { { "grpc-status-details-bin", status.ToByteArray() } },
        };
    }

    /// <summary>Everything that came back, as text in which a text can be looked for.</summary>
    public string Everything()
    {
        var all = new StringBuilder(Detail);
        foreach (var entry in Headers.Concat(Trailers))
        {
            all.Append('\n').Append(entry.Key).Append(' ').Append(entry.IsBinary ? Encoding.Latin1.GetString(entry.ValueBytes) : entry.Value);
        }

        foreach (var message in Messages)
        {
            all.Append('\n').Append(Encoding.Latin1.GetString(message));
        }

        return all.ToString();
    }

    public override string ToString() => $"{Code} {Reason} {Detail} [{string.Join(", ", Fields)}]";
}

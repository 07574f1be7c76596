using Equecel.Hostile.Tests.Requests;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Values;

/// <summary>What a refusal of a value has to be.</summary>
internal static class Refusal
{
    public static readonly StatusCode[] Codes =
    [
        StatusCode.InvalidArgument, StatusCode.FailedPrecondition, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.Aborted, StatusCode.PermissionDenied,
        StatusCode.ResourceExhausted,
    ];

    /// <summary>Fails unless fields of the request are named, each with what is wrong, and among them one with a value that is none.</summary>
    /// <param name="violations">What was told.</param>
    /// <param name="request">The request.</param>
    /// <param name="leaf">The field that was tried.</param>
    /// <param name="trap">The value that was tried.</param>
    /// <param name="what">What happened, for the failure.</param>
    public static void NamesFields(IReadOnlyList<(string Field, string Description)> violations, IMessage request, FieldPath leaf, Trap trap, string what)
    {
        Assert.True(violations.Count > 0, what);
        Assert.All(violations, violation => Assert.False(string.IsNullOrWhiteSpace(violation.Description), what));
        Assert.All(violations, violation => Assert.True(
            violation.Field == "form" || FieldPath.Find(request.Descriptor, violation.Field) is not null, $"There is no {violation.Field}: {what}"));
        Assert.True(!trap.MustBeRefused || violations.Any(violation => violation.Field.StartsWith($"{leaf}", StringComparison.Ordinal)), what);
    }
}

using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Testing;

/// <summary>What a caller is told when a call fails.</summary>
/// <param name="Why">Status and reason: <c>Aborted VERSION_CONFLICT</c>.</param>
/// <param name="Fields">Every field at fault with its code: <c>E02 participation.consent_type</c>.</param>
/// <param name="Details">The rest.</param>
/// <param name="Trailers">Trailers of the call.</param>
internal sealed record Problem(string Why, string[] Fields, Google.Rpc.Status Details, Metadata Trailers)
{
    /// <summary>Makes a call that fails.</summary>
    public static async Task<Problem> OfAsync(Func<Task> call) => Of(await Assert.ThrowsAsync<RpcException>(call));

    public static Problem Of(RpcException failure)
    {
        var details = failure.GetRpcStatus();
        Assert.True(details is not null, $"{failure.Status} has no details.");
        var info = details.GetDetail<ErrorInfo>()!;
        Assert.Equal("equecel", info.Domain);
        return new Problem(
            $"{failure.StatusCode} {info.Reason}",
            [.. (details.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(violation => $"{violation.Reason} {violation.Field}".Trim())],
            details,
            failure.Trailers);
    }

    /// <summary>What a program is told, by name.</summary>
    public string Told(string name) => Detail<ErrorInfo>().Metadata[name];

    /// <summary>A detail that must be there.</summary>
    public T Detail<T>()
        where T : class, IMessage<T>, new() => Details.GetDetail<T>()!;
}

using Google.Rpc;
using Grpc.Core;

namespace Equecel.Records.Tests;

internal static class Refusals
{
    /// <summary>Status and reason, such as <c>Aborted VERSION_CONFLICT</c>.</summary>
    public static string Why(this RpcException? refusal) => $"{refusal!.StatusCode} {refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason}";

    /// <summary>What a program is told, by name.</summary>
    public static string Told(this RpcException? refusal, string name) => refusal!.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata[name];

    /// <summary>The only field at fault.</summary>
    public static string Field(this RpcException? refusal) => refusal!.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field;
}

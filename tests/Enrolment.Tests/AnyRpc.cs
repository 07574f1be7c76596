using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.Testing;

/// <summary>Calls any RPC of a service by its descriptor, so that a new RPC is tested the day it appears.</summary>
internal static class AnyRpc
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>Sends an empty request and reads the answers.</summary>
    /// <returns>Why it was refused at the door, such as <c>PermissionDenied SCOPE_MISSING</c>; empty when it was let in.</returns>
    public static async Task<string> KnockAsync(GrpcChannel channel, MethodDescriptor rpc, string? token)
    {
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, rpc.Service.FullName, rpc.Name, Bytes, Bytes);
        var headers = new Metadata();
        if (token is not null)
        {
            headers.Add("authorization", $"Bearer {token}");
        }

        using var hangUp = new CancellationTokenSource();
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(headers, cancellationToken: hangUp.Token));
        try
        {
            await call.RequestStream.WriteAsync([]);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // Refused before everything was sent; the answer says why.
        }

        try
        {
            // The first answer is enough: a feed goes on.
            await call.ResponseStream.MoveNext(CancellationToken.None);
            await hangUp.CancelAsync();
            return "";
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument or StatusCode.NotFound)
        {
            return "";
        }
        catch (RpcException e)
        {
            return Problem.Of(e).Why;
        }
    }
}

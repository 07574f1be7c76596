using Equecel.Client;
using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.Testing.Running;

/// <summary>Calls with bytes and tokens made by hand, such as no well-behaved client sends.</summary>
public static class RawCalls
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>Makes a call of one message that is expected to fail.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="rpc">Full name of the RPC: <c>equecel.safety.v1.SafetyService/SubmitRecord</c>.</param>
    /// <param name="token">The access token; null for none.</param>
    /// <param name="message">The message.</param>
    /// <returns>How it failed.</returns>
    public static async Task<RpcProblem> FailAsync(Uri address, string rpc, string? token, byte[] message)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await channel.CreateCallInvoker().AsyncUnaryCall(MethodOf(rpc, MethodType.Unary), null, Options(token), message));
        return RpcProblem.Of(failure);
    }

    /// <summary>Makes a call of a stream of messages that is expected to fail.</summary>
    /// <inheritdoc cref="FailAsync(Uri, string, string?, byte[])"/>
    public static async Task<RpcProblem> FailStreamAsync(Uri address, string rpc, string? token, params byte[][] messages)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(MethodOf(rpc, MethodType.DuplexStreaming), null, Options(token));
        // The other side may end the call before it has taken everything, which only reading tells. The rest ends with the channel.
        _ = WriteAsync(call.RequestStream, messages);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        });
        return RpcProblem.Of(failure);
    }

    private static async Task WriteAsync(IClientStreamWriter<byte[]> stream, byte[][] messages)
    {
        foreach (var message in messages)
        {
            await stream.WriteAsync(message);
        }
    }

    private static Method<byte[], byte[]> MethodOf(string rpc, MethodType type) =>
        new(type, rpc[..rpc.IndexOf('/', StringComparison.Ordinal)], rpc[(rpc.IndexOf('/', StringComparison.Ordinal) + 1)..], Bytes, Bytes);

    private static CallOptions Options(string? token) =>
        new(token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow.AddMinutes(1));
}

using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.Hostile.Tests.Running;

/// <summary>A way to the services: through the gateway, or past it. Makes calls with any bytes and any token.</summary>
internal sealed class Entrance : IDisposable
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly GrpcChannel channel;

    /// <param name="address">Address for gRPC.</param>
    public Entrance(Uri address)
    {
        Address = address;
        channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public Uri Address { get; }

    public Task<Outcome> CallAsync(Rpc rpc, string? token, params byte[][] messages) =>
        CallAsync(rpc.Path, token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } }, messages);

    /// <summary>Makes a call of any shape: on the wire, all shapes are a duplex stream.</summary>
    /// <param name="path">Path of the RPC.</param>
    /// <param name="headers">Headers of the call.</param>
    /// <param name="messages">What is sent.</param>
    public async Task<Outcome> CallAsync(string path, Metadata headers, params byte[][] messages)
    {
        var parts = path.Split('/', 3);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], Bytes, Bytes);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(headers, DateTime.UtcNow + Patience));
        var answers = new List<byte[]>();
        var sending = SendAsync(call.RequestStream, messages);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                answers.Add(call.ResponseStream.Current);
            }

            await sending;
            return new(StatusCode.OK, "", await call.ResponseHeadersAsync, call.GetTrailers(), answers);
        }
        catch (RpcException e)
        {
            return new(e.StatusCode, e.Status.Detail, await HeadersAsync(call), e.Trailers, answers);
        }
    }

    public void Dispose() => channel.Dispose();

    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, byte[][] messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await stream.WriteAsync(message);
            }

            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The other side may end the call before it has taken everything; who reads has the status.
        }
    }

    private static async Task<Metadata> HeadersAsync(AsyncDuplexStreamingCall<byte[], byte[]> call)
    {
        try
        {
            return await call.ResponseHeadersAsync;
        }
        catch (RpcException)
        {
            // There were none.
            return [];
        }
    }
}

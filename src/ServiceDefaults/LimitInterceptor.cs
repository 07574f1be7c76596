using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Configuration;

namespace Equecel.ServiceDefaults;

/// <summary>
/// Lets in only so many calls of one message at once, <c>Limits:CallsAtOnce</c>, and so many streams, so that too many are refused at once instead
/// of all becoming slow; and bounds what comes in streams. Saves that wait share a transaction, so many more may wait than there are connections.
/// </summary>
internal sealed class LimitInterceptor(IConfiguration configuration, OpenStreams streams) : Interceptor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly int most = configuration.GetValue("Limits:CallsAtOnce", 512);
    private int present;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return Interlocked.Increment(ref present) <= most ? await continuation(request, context) : throw RpcError.RateLimited(RetryAfter);
        }
        finally
        {
            Interlocked.Decrement(ref present);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var place = Enter(context);
        using var bounded = new BoundedReader<TRequest>(requestStream, context);
        return await continuation(bounded, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var place = Enter(context);
        await continuation(request, new EndableWriter<TResponse>(responseStream), context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var place = Enter(context);
        using var bounded = new BoundedReader<TRequest>(requestStream, context);
        await continuation(bounded, responseStream, context);
    }

    private IDisposable Enter(ServerCallContext context)
    {
        var caller = Caller.Find(context);
        return streams.Enter(caller?.Client ?? "", caller?.Sites.Site);
    }
}

using Equecel.Client.Tokens;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Equecel.Client.Calls;

/// <summary>Gives unary calls a request id, a deadline and further attempts. Streams resume by themselves; see <c>Streams</c>.</summary>
internal sealed class CallInterceptor(EquecelClientOptions options, TokenSource tokens, RetryBudget budget) : Interceptor
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        RequestId.Fill(request);
        var call = new UnaryCall<TResponse>(options, tokens, budget, context.Options);
        var response = call.RunAsync(attempt => continuation(request, new(context.Method, context.Host, attempt)));
        return new AsyncUnaryCall<TResponse>(response, call.GetHeadersAsync(response), call.GetStatus, call.GetTrailers, call.Dispose);
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        RequestId.Fill(request);
        using var call = new UnaryCall<TResponse>(options, tokens, budget, context.Options);
        return call.RunAsync(attempt => Answered(continuation(request, new(context.Method, context.Host, attempt)))).GetAwaiter().GetResult();
    }

    private static AsyncUnaryCall<TResponse> Answered<TResponse>(TResponse response) =>
        new(Task.FromResult(response), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
}

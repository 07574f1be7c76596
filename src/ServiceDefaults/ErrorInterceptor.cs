using System.Data.Common;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults;

/// <summary>Turns whatever escapes an RPC into an error of the platform; a defect reaches the log whole, and the caller as an id.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    // What a database says of values that it cannot keep. The checks of requests let none of them so far.
    private static readonly HashSet<string> ValueStates = ["22P02", "22021", "22P05", "22003", "23514"];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException || HasEndedWithTheService(e, context))
        {
            throw Translate(e, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e, context);
        }
    }

    // What the call asked of other services was cancelled with it.
    private static bool HasEndedWithTheService(Exception exception, ServerCallContext context) =>
        exception is RpcException { StatusCode: StatusCode.Cancelled } && DrainExtensions.HasEnded(context.GetHttpContext());

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        if (CallBounds.HasExpired(context.GetHttpContext()))
        {
            // A new token takes the stream up again.
            return RpcError.TokenNotAccepted();
        }

        if (DrainExtensions.HasEnded(context.GetHttpContext()))
        {
            return RpcError.Stopping();
        }

        if (context.CancellationToken.IsCancellationRequested)
        {
            // The caller is gone or its deadline is over: nobody reads this answer.
            return new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }

        if (exception is InvalidProtocolBufferException)
        {
            return RpcError.UnreadableMessage();
        }

        var errorId = Guid.NewGuid().ToString("N");
        if (exception is DbException { SqlState: { } state })
        {
            // The text of a database's error may quote what a participant's record says.
            logger.LogError("Defect {ErrorId} in {Method}: SQLSTATE {SqlState}{StackTrace}", errorId, context.Method, state, Environment.NewLine + exception.StackTrace);
            return ValueStates.Contains(state) ? RpcError.UnreadableMessage() : RpcError.Defect(errorId);
        }

        logger.LogError(exception, "Defect {ErrorId} in {Method}", errorId, context.Method);
        return RpcError.Defect(errorId);
    }
}

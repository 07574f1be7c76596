using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Equecel.Interop.Tests;

/// <summary>What the server has seen of the calls. As its interceptor it also marks every answer with a trailer.</summary>
public sealed class SeenCalls : Interceptor
{
    private readonly ConcurrentDictionary<string, bool> begun = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> cancelled = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(string?, string?)>> encodings = [];

    /// <summary>How the requests and the answers of a call were compressed, null for not; ends when the call has.</summary>
    /// <param name="id">The header <c>x-call</c>.</param>
    public Task<(string? Requests, string? Answers)> EncodingAsync(string id) => encodings.GetOrAdd(id, _ => new()).Task;

    /// <summary>Whether the server has begun to answer a hanging call.</summary>
    /// <param name="text">The text that the call sent.</param>
    public bool HasBegun(string text) => begun.ContainsKey(text);

    /// <summary>Ends when the server has seen a hanging call cancelled; true when that call brought a deadline.</summary>
    /// <param name="text">The text that the call sent.</param>
    public Task<bool> CancelledAsync(string text) => cancelled.GetOrAdd(text, _ => new()).Task;

    /// <inheritdoc />
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Mark(context);
        return continuation(request, context);
    }

    /// <inheritdoc />
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Mark(context);
        return continuation(requestStream, context);
    }

    /// <inheritdoc />
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Mark(context);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc />
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Mark(context);
        return continuation(requestStream, responseStream, context);
    }

    /// <summary>Waits until the call is cancelled.</summary>
    internal async Task HangAsync(string text, ServerCallContext context)
    {
        begun[text] = true;
        var ended = new TaskCompletionSource();
        await using var registration = context.CancellationToken.Register(ended.SetResult);
        await ended.Task;
        cancelled.GetOrAdd(text, _ => new()).SetResult(context.Deadline < DateTime.MaxValue);
    }

    /// <summary>Middleware that notes the compression of a call.</summary>
    internal async Task NoteEncodingAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        encodings.GetOrAdd(context.Request.Headers["x-call"].ToString(), _ => new())
            .TrySetResult((context.Request.Headers["grpc-encoding"], context.Response.Headers["grpc-encoding"]));
    }

    private static void Mark(ServerCallContext context) => context.ResponseTrailers.Add(
        "x-interceptors", $"{context.RequestHeaders.GetValue("x-client-interceptor")} server");
}

using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Equecel.ServiceDefaults;

/// <summary>The door of a program that stops.</summary>
public static class DrainExtensions
{
    /// <summary>
    /// Knows which calls are at hand, and tells new ones to come again once the program stops: UNAVAILABLE in gRPC's terms, 503 otherwise.
    /// Calls that are answered in a stream end with it, and are told the same. Whoever asks about its health is answered to the end.
    /// </summary>
    /// <param name="app">The program, after routing and before anything that takes time.</param>
    public static void UseDrain(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var drain = app.ApplicationServices.GetRequiredService<Drain>();
        app.Use(next => async context =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<AnsweredToTheEnd>() is not null)
            {
                await next(context);
                return;
            }

            using var call = drain.TryEnter();
            if (call is not null)
            {
                await (IsStream(context) ? EndWithAsync(drain, context, next) : next(context));
            }
            else if (context.Request.IsGrpc())
            {
                context.Response.Refuse(RpcError.Stopping());
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = RpcError.StoppedFor.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            }
        });
    }

    /// <summary>Has an endpoint answer while the program stops, and its calls hold up nothing.</summary>
    /// <param name="endpoint">The endpoint.</param>
    internal static void AnswerToTheEnd(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new AnsweredToTheEnd());

    /// <summary>Whether a stream was ended because the program stops.</summary>
    /// <param name="context">The request.</param>
    internal static bool HasEnded(HttpContext context) =>
        context.Items.TryGetValue(typeof(Drain), out var drain) && ((Drain)drain!).Ending.IsCancellationRequested;

    // Where the caller sends a stream as well, the service ends it when what was sent is done.
    private static bool IsStream(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type == MethodType.ServerStreaming;

    private static async Task EndWithAsync(Drain drain, HttpContext context, RequestDelegate next)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.Ending);
        context.Items[typeof(Drain)] = drain;
        context.RequestAborted = ending.Token;
        await next(context);
    }

    private sealed class AnsweredToTheEnd;
}

using System.Globalization;
using System.Security.Claims;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Equecel.ServiceDefaults;

/// <summary>Bounds calls in time: a call of one message by a deadline, a stream by the life of its token.</summary>
internal static class CallBounds
{
    // As gRPC writes ten seconds.
    private const string Deadline = "10S";
    private const string DeadlineName = "grpc-timeout";

    /// <summary>Gives calls without a deadline one, and ends streams when their token expires.</summary>
    /// <param name="app">The application, after routing and authentication.</param>
    /// <param name="time">The clock.</param>
    public static void UseCallBounds(this IApplicationBuilder app, TimeProvider time) => app.Use(next => context =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method is not { } method)
        {
            return next(context);
        }

        if (method.Type != MethodType.Unary)
        {
            return context.User.FindFirstValue("exp") is { } expiry ? EndByAsync(Instant(expiry) - time.GetUtcNow(), context, next, time) : next(context);
        }

        if (!context.Request.Headers.ContainsKey(DeadlineName))
        {
            context.Request.Headers[DeadlineName] = Deadline;
        }

        return next(context);
    });

    /// <summary>Whether a stream was ended because its token has expired.</summary>
    /// <param name="context">The request.</param>
    public static bool HasExpired(HttpContext context) =>
        context.Items.TryGetValue(typeof(CallBounds), out var expiry) && ((CancellationTokenSource)expiry!).IsCancellationRequested;

    private static async Task EndByAsync(TimeSpan timeLeft, HttpContext context, RequestDelegate next, TimeProvider time)
    {
        using var expiry = new CancellationTokenSource(timeLeft > TimeSpan.Zero ? timeLeft : TimeSpan.Zero, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, expiry.Token);
        context.Items[typeof(CallBounds)] = expiry;
        context.RequestAborted = ending.Token;
        await next(context);
    }

    private static DateTimeOffset Instant(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
}

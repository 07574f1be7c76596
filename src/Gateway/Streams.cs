using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Equecel.Gateway;

/// <summary>Carries calls of many messages: limits that fit, and an end that the caller understands.</summary>
internal static class Streams
{
    /// <summary>
    /// Ends an answer that breaks off half-way with UNAVAILABLE, so that callers resume; ends feeds and imports when the gateway stops;
    /// and limits the size and the slowness of every request but imports.
    /// </summary>
    /// <param name="proxy">The way to the services.</param>
    /// <param name="stopping">Signals that the gateway stops.</param>
    public static void UseStreams(this IReverseProxyApplicationBuilder proxy, CancellationToken stopping) => proxy.Use(next => context =>
    {
        if (context.GetRouteModel().Config.Metadata?.GetValueOrDefault(Routes.Kind) is not { } kind)
        {
            return next(context);
        }

        var features = context.Features;
        if (features.Get<IHttpResetFeature>() is { } reset)
        {
            features.Set<IHttpResetFeature>(new EndInTrailers(context, reset, context.RequestAborted));
        }

        if (kind != Routes.Imports)
        {
            // The proxy lifts both limits for whatever looks like gRPC; it cannot lift what it does not find.
            features.Set<IHttpMaxRequestBodySizeFeature>(null);
            features.Set<IHttpMinRequestBodyDataRateFeature>(null);
        }

        return kind == Routes.Calls ? next(context) : CarryAsync(context, next, stopping);
    });

    private static async Task CarryAsync(HttpContext context, RequestDelegate next, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.RequestAborted = ending.Token;
        await next(context);

        if (stopping.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Replaces the reset of a broken answer, which says nothing, by a status. Nobody is left to read it if the caller is gone.</summary>
    private sealed class EndInTrailers(HttpContext context, IHttpResetFeature reset, CancellationToken callerGone) : IHttpResetFeature
    {
        public void Reset(int errorCode)
        {
            if (callerGone.IsCancellationRequested || !context.Response.HasStarted)
            {
                reset.Reset(errorCode);
            }
            else
            {
                GrpcRefusals.End(context.Response, GrpcRefusals.ServiceDown());
            }
        }
    }
}

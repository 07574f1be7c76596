using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Equecel.Gateway;

/// <summary>Carries calls of many messages: no least pace for senders, and an end that the caller understands.</summary>
internal static class Streams
{
    /// <summary>
    /// Ends an answer that breaks off half-way with UNAVAILABLE, so that callers resume, and ends feeds and imports when the gateway stops.
    /// </summary>
    /// <param name="proxy">The way to the services.</param>
    /// <param name="stopping">Signals that the gateway stops.</param>
    public static void UseStreams(this IReverseProxyApplicationBuilder proxy, CancellationToken stopping) => proxy.Use(next => context =>
    {
        if (context.Features.Get<IHttpResetFeature>() is { } reset && GrpcRefusals.IsGrpc(context.Request))
        {
            context.Features.Set<IHttpResetFeature>(new EndInTrailers(context, reset, context.RequestAborted));
        }

        return context.GetRouteModel().Config.Metadata?.ContainsKey(Routes.Streamed) == true
            ? CarryAsync(context, next, stopping)
            : next(context);
    });

    private static async Task CarryAsync(HttpContext context, RequestDelegate next, CancellationToken stopping)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } pace)
        {
            pace.MinDataRate = null;
        }

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

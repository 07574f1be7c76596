using System.Globalization;
using System.Security.Claims;
using Equecel.ServiceDefaults;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Equecel.Gateway;

/// <summary>Carries calls of many messages: limits that fit, and an end that the caller understands.</summary>
internal static class Streams
{
    /// <summary>
    /// Ends an answer that breaks off half-way with UNAVAILABLE after its last whole message, so that callers resume; ends feeds and imports when their token expires
    /// or the gateway stops; and limits the size and the slowness of every request but imports.
    /// </summary>
    /// <param name="proxy">The way to the services.</param>
    /// <param name="stopping">Signals that streams are to end, since the gateway stops.</param>
    public static void UseStreams(this IReverseProxyApplicationBuilder proxy, CancellationToken stopping) => proxy.Use(next => context =>
    {
        if (context.GetRouteModel().Config.Metadata?.GetValueOrDefault(Routes.Kind) is not { } kind)
        {
            return next(context);
        }

        context.Response.Body = new WholeMessages(context.Response.Body);
        if (kind != Routes.Imports)
        {
            // The proxy lifts both limits for whatever looks like gRPC; it cannot lift what it does not find.
            context.Features.Set<IHttpMaxRequestBodySizeFeature>(null);
            context.Features.Set<IHttpMinRequestBodyDataRateFeature>(null);
        }

        if (kind == Routes.Calls)
        {
            EndBy(context, GrpcRefusals.ServiceDown);
            return next(context);
        }

        return CarryAsync(context, next, stopping);
    });

    private static async Task CarryAsync(HttpContext context, RequestDelegate next, CancellationToken stopping)
    {
        using var expiry = new CancellationTokenSource(TimeLeft(context.User));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, expiry.Token);
        EndBy(context, () => expiry.IsCancellationRequested ? RpcError.TokenNotAccepted() : GrpcRefusals.ServiceDown());
        context.RequestAborted = ending.Token;
        await next(context);

        if (!context.Response.HasStarted && ending.IsCancellationRequested)
        {
            context.Response.StatusCode = expiry.IsCancellationRequested
                ? StatusCodes.Status401Unauthorized
                : StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static TimeSpan TimeLeft(ClaimsPrincipal user)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(user.FindFirstValue("exp")!, CultureInfo.InvariantCulture));
        var left = expires - DateTimeOffset.UtcNow;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static void EndBy(HttpContext context, Func<RpcException> error)
    {
        if (context.Features.Get<IHttpResetFeature>() is { } reset)
        {
            context.Features.Set<IHttpResetFeature>(new EndInTrailers(context, reset, error, context.RequestAborted));
        }
    }

    /// <summary>Replaces the reset of a broken answer, which says nothing, by a status. Nobody is left to read it if the caller is gone.</summary>
    private sealed class EndInTrailers(HttpContext context, IHttpResetFeature reset, Func<RpcException> error, CancellationToken callerGone)
        : IHttpResetFeature
    {
        public void Reset(int errorCode)
        {
            if (callerGone.IsCancellationRequested || !context.Response.HasStarted)
            {
                reset.Reset(errorCode);
            }
            else
            {
                GrpcRefusals.End(context.Response, error());
            }
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Equecel.ServiceDefaults;

/// <summary>The door of a program that stops.</summary>
public static class DrainExtensions
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Knows which calls are at hand, and tells new ones to come again once the program stops: UNAVAILABLE in gRPC's terms, 503 otherwise.
    /// Whoever asks about its health is answered to the end.
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
                await next(context);
            }
            else if (context.Request.IsGrpc())
            {
                context.Response.Refuse(RpcError.DependencyDown("This service is stopping and", RetryAfter));
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            }
        });
    }

    /// <summary>Has an endpoint answer while the program stops, and its calls hold up nothing.</summary>
    /// <param name="endpoint">The endpoint.</param>
    internal static void AnswerToTheEnd(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new AnsweredToTheEnd());

    private sealed class AnsweredToTheEnd;
}

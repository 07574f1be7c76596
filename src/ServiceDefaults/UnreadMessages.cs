using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults;

/// <summary>
/// Says what is wrong with a message that could not be read. The library reads it before any interceptor runs, and answers with a bare status.
/// </summary>
internal sealed class UnreadMessages(ILogger<UnreadMessages> logger) : IStartupFilter
{
    private const string StatusName = "grpc-status";
    private const string DetailsName = "grpc-status-details-bin";

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(call => async context =>
        {
            var body = WatchedBody.Put(context);
            await call(context);
            if (body.BrokeOff && !context.Response.HasStarted)
            {
                // Nothing is wrong with a message of which only a part came. A proxy that gave it up says why itself.
                context.Abort();
            }
            else if (Explain(context.Response))
            {
                // Which is all that may be said of it: the library's own words quote what it could not read.
                logger.LogInformation("A message to {Path} could not be read", context.GetEndpoint()?.DisplayName);
            }
        });
        next(app);
    };

    private static bool Explain(HttpResponse response)
    {
        // An answer of an error alone has it in its headers.
        var fields = response.HasStarted ? response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : response.Headers;
        if (fields is null or { IsReadOnly: true } || fields.ContainsKey(DetailsName) || !int.TryParse(fields[StatusName], out var status))
        {
            return false;
        }

        // What an RPC itself answers has details. Once it has begun to answer, its message was read.
        switch ((StatusCode)status)
        {
            case StatusCode.ResourceExhausted:
                fields.WriteError(RpcError.TooLarge("The message", $"{ServiceDefaultsExtensions.MaxReceiveMessageBytes} bytes"));
                return false;
            case StatusCode.Unknown or StatusCode.Internal when !response.HasStarted:
                fields.WriteError(RpcError.UnreadableMessage());
                return true;
            default:
                return false;
        }
    }
}

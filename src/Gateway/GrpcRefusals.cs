using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Grpc.Core;
using Yarp.ReverseProxy.Transforms;
using Microsoft.AspNetCore.Http.Features;

namespace Equecel.Gateway;

/// <summary>Tells a gRPC caller in gRPC's own terms when a call does not get through to its service.</summary>
/// <remarks>Such an answer has headers alone, among them the status: "Trailers-Only" in the gRPC over HTTP/2 specification.</remarks>
internal static class GrpcRefusals
{
    private const string ResourceExhausted = "8";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Answers every gRPC call that fails with an HTTP status of 400 or more by a gRPC status instead.</summary>
    /// <param name="app">The program.</param>
    public static void UseGrpcRefusals(this IApplicationBuilder app) => app.Use(next => async context =>
    {
        await next(context);
        if (context.Response is { StatusCode: >= StatusCodes.Status400BadRequest, HasStarted: false } && context.Request.IsGrpc())
        {
            context.Response.Refuse(ErrorOf(context));
        }
    });

    /// <summary>Ends an answer that has begun with an error.</summary>
    /// <param name="response">The answer, of which no more can be had.</param>
    /// <param name="error">The error.</param>
    public static void End(HttpResponse response, RpcException error) =>
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.WriteError(error);

    /// <summary>
    /// Adds the details to a service's refusal of a message for its size. There it happens before any code of the platform runs, so
    /// that it comes without.
    /// </summary>
    /// <param name="answer">The answer of the service.</param>
    public static ValueTask ExplainAsync(ResponseTransformContext answer)
    {
        if (answer.ProxyResponse is { } response
            && response.Headers.NonValidated.TryGetValues("grpc-status", out var status) && status.ToString() == ResourceExhausted
            && !response.Headers.NonValidated.Contains("grpc-status-details-bin"))
        {
            answer.SuppressResponseBody = true;
            answer.HttpContext.Response.Refuse(TooLarge());
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The error of a service that cannot be reached, or was lost on the way.</summary>
    public static RpcException ServiceDown() => RpcError.DependencyDown("The service", RetryAfter);

    private static RpcException ErrorOf(HttpContext context) => context.Response.StatusCode switch
    {
        _ when IsTooLarge(context) => TooLarge(),
        StatusCodes.Status401Unauthorized => RpcError.TokenNotAccepted(),
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => RpcError.Of(
            StatusCode.Unimplemented, ErrorReason.NotCallable, $"There is no RPC {context.Request.Path}. Compare with the published protos.", []),
        StatusCodes.Status499ClientClosedRequest => RpcError.Of(
            StatusCode.Cancelled, ErrorReason.Unspecified, "The call was cancelled.", []),
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => ServiceDown(),
        StatusCodes.Status504GatewayTimeout => RpcError.Of(
            StatusCode.DeadlineExceeded, ErrorReason.DependencyDown,
            "The service did not answer in time. Send the same request again, with the same request id.", []),
        // A connection that breaks while a call is sent can look like a caller who does not send it. A caller who is gone reads no answer.
        _ when context.GetForwarderErrorFeature() is not null => ServiceDown(),
        var status and < StatusCodes.Status500InternalServerError => RpcError.Of(
            StatusCode.InvalidArgument, ErrorReason.InvalidFields, $"This is no gRPC call (HTTP status {status}). Make it from the published protos.", []),
        var status => RpcError.Of(StatusCode.Internal, ErrorReason.Defect, $"The call failed on its way with HTTP status {status}.", []),
    };

    // The gateway lets through a little more than any service takes, which is what the caller needs to know.
    private static RpcException TooLarge() => RpcError.TooLarge("The message", $"{ServiceDefaultsExtensions.MaxReceiveMessageBytes} bytes");

    private static bool IsTooLarge(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge || IsTooLarge(context.GetForwarderErrorFeature()?.Exception);

    // What was wrong with the body can come wrapped, and beside what became of the answer.
    private static bool IsTooLarge(Exception? failure) => failure switch
    {
        null => false,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => true,
        AggregateException several => several.InnerExceptions.Any(IsTooLarge),
        _ => IsTooLarge(failure.InnerException),
    };
}

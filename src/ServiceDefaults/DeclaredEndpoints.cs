using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equecel.ServiceDefaults;

/// <summary>Closes what does not say who may call it: an RPC says so in its contract, anything else where it is mapped.</summary>
internal static class DeclaredEndpoints
{
    private const string Ours = "equecel.";

    // The library's answer to RPCs that there are none of.
    private const string NoSuchRpc = "grpcunimplemented";

    /// <summary>
    /// Denies what is mapped and does not say who may call it. RPCs are left to their interceptor, which denies in gRPC's own terms; where
    /// nothing is mapped there is nothing to deny.
    /// </summary>
    public static AuthorizationPolicy Fallback { get; } = new AuthorizationPolicyBuilder()
        .RequireAssertion(asked => asked.Resource is HttpContext http
            && (http.GetEndpoint() is not RouteEndpoint endpoint || FindRpc(endpoint) is not null || IsNoSuchRpc(endpoint)))
        .Build();

    /// <summary>Refuses the start of an application with an endpoint that does not say who may call it, whenever that was mapped.</summary>
    /// <param name="app">The application.</param>
    public static void RefuseUndeclaredAtStart(this WebApplication app) => app.Use(next =>
    {
        // Once, when everything is mapped and nothing listens yet.
        app.RefuseUndeclared();
        return next;
    });

    /// <summary>Refuses an endpoint that was mapped by now and does not say who may call it.</summary>
    /// <param name="app">The application.</param>
    /// <exception cref="InvalidOperationException">There is one; the message names all of them.</exception>
    public static void RefuseUndeclared(this WebApplication app)
    {
        var undeclared = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Where(endpoint => !IsDeclared(endpoint)).Select(NameOf).ToList();
        if (undeclared.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints do not declare who may call them: {string.Join(", ", undeclared)}.");
        }
    }

    private static bool IsDeclared(Endpoint endpoint)
    {
        var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        return FindRpc(endpoint) is { } rpc
            // Ours are open to nobody, whatever is said where they are mapped.
            ? isOpen ? !rpc.Method.ServiceName.StartsWith(Ours, StringComparison.Ordinal) : AccessInterceptor.Declared(rpc) is not null
            : isOpen || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || IsNoSuchRpc(endpoint);
    }

    private static GrpcMethodMetadata? FindRpc(Endpoint endpoint) => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>();

    private static bool IsNoSuchRpc(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.ParameterPolicies.Values: var parameters } && parameters.Any(policies => policies.Any(policy => policy.Content == NoSuchRpc));

    private static string NameOf(Endpoint endpoint) =>
        FindRpc(endpoint)?.Method.FullName ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? $"{endpoint}";
}

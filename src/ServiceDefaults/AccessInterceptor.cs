using System.Collections.Concurrent;
using System.Security.Claims;
using Equecel.Common.V1;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Equecel.ServiceDefaults;

/// <summary>Lets in who the contract of the RPC lets in. Decides from the matched endpoint, never from the path.</summary>
internal sealed class AccessInterceptor : Interceptor
{
    private static readonly ConcurrentDictionary<Endpoint, Access?> Policies = new();

    /// <summary>What an RPC's contract declares; null when it declares nothing, or names no scope.</summary>
    /// <param name="method">The RPC, as matched.</param>
    public static Access? Declared(GrpcMethodMetadata method) =>
        Find(method) is { } access && access.UnconfinedScopes.Append(access.Scope).All(scope => !string.IsNullOrWhiteSpace(scope)) ? access : null;

    private static Access? Find(GrpcMethodMetadata method)
    {
        // protoc nests the service's base class in a class that has the descriptor.
        for (var type = method.ServiceType; type is not null; type = type.BaseType)
        {
            if (type.DeclaringType?.GetProperty("Descriptor")?.GetValue(null) is ServiceDescriptor service)
            {
                return service.FindMethodByName(method.Method.Name)?.GetOptions()?.GetExtension(AccessExtensions.Access);
            }
        }

        return null;
    }

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        LetIn(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        LetIn(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        LetIn(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        LetIn(context);
        return continuation(requestStream, responseStream, context);
    }

    private static void LetIn(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var endpoint = http.GetEndpoint() ?? throw RpcError.NotCallable(context.Method);
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return;
        }

        var access = Policies.GetOrAdd(endpoint, e => e.Metadata.GetMetadata<GrpcMethodMetadata>() is { } method ? Declared(method) : null)
            ?? throw RpcError.NotCallable(context.Method);
        if (TokenAuthentication.LacksKeys(http))
        {
            throw RpcError.DependencyDown("Identity, whose keys tell good tokens,", TimeSpan.FromSeconds(1));
        }

        Caller.LetIn(context, http.User, Decide(access, http.User));
        CallDeadline.Note(context);
    }

    private static SiteScope Decide(Access access, ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true)
        {
            throw RpcError.TokenNotAccepted();
        }

        // Whose token names a site is confined to it, whatever scopes it has.
        var site = user.FindFirstValue("site");
        if (site is null && access.UnconfinedScopes.Any(scope => user.HasClaim("scope", scope)))
        {
            return SiteScope.All;
        }

        if (!user.HasClaim("scope", access.Scope) || (site is not null && !access.ConfinedToSite))
        {
            throw RpcError.ScopeMissing(access.Scope);
        }

        return !access.ConfinedToSite ? SiteScope.All
            : string.IsNullOrWhiteSpace(site) ? throw RpcError.TokenNotAccepted()
            : SiteScope.Only(site);
    }
}

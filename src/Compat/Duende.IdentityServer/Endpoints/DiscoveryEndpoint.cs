using Duende.IdentityServer.Configuration;
using Duende.IdentityServer.Keys;
using Microsoft.AspNetCore.Http;

namespace Duende.IdentityServer.Endpoints;

/// <summary>Says where everything is, and with which keys tokens are signed.</summary>
internal sealed class DiscoveryEndpoint(IdentityServerOptions options, KeyRing keys, Registrations registrations)
{
    /// <summary>Path of the discovery document.</summary>
    public const string DocumentPath = "/.well-known/openid-configuration";

    /// <summary>Path of the key set.</summary>
    public const string KeySetPath = "/.well-known/openid-configuration/jwks";

    private static readonly string[] Grants = [TokenEndpoint.ClientCredentials];
    private static readonly string[] Authentications = ["client_secret_basic", "client_secret_post"];

    /// <summary>Writes the discovery document (OpenID Connect Discovery 1.0, section 3).</summary>
    public Task WriteDocumentAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return RefuseMethod(context);
        }

        // The issuer is fixed; addresses are those by which the caller reached this service.
        var origin = OriginOf(context.Request);
        return context.Response.WriteAsJsonAsync(new Dictionary<string, object>
        {
            ["issuer"] = options.IssuerUri ?? origin,
            ["jwks_uri"] = origin + KeySetPath,
            ["token_endpoint"] = origin + TokenEndpoint.Path,
            ["scopes_supported"] = registrations.Scopes,
            ["grant_types_supported"] = Grants,
            ["response_types_supported"] = Array.Empty<string>(),
            ["token_endpoint_auth_methods_supported"] = Authentications,
        });
    }

    /// <summary>Writes the public keys, announced and retiring ones included (RFC 7517).</summary>
    public Task WriteKeySetAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
            ? context.Response.WriteAsJsonAsync(new { keys = keys.Refresh().Published.Select(key => key.Published) })
            : RefuseMethod(context);

    /// <summary>Scheme and host of a request.</summary>
    internal static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    private static Task RefuseMethod(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }
}

using System.Security.Cryptography;
using Duende.IdentityServer.Configuration;
using Duende.IdentityServer.Keys;
using Duende.IdentityServer.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Duende.IdentityServer.Endpoints;

/// <summary>Issues access tokens for client credentials (RFC 6749, section 4.4; token profile of RFC 9068).</summary>
internal sealed class TokenEndpoint(
    IdentityServerOptions options, ClientAuthentication clients, Registrations registrations, KeyRing keys, TimeProvider time,
    ILogger<TokenEndpoint> logger)
{
    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/connect/token";

    /// <summary>The one grant that is known.</summary>
    public const string ClientCredentials = "client_credentials";

    private const int LargestForm = 16 * 1024;

    private readonly JsonWebTokenHandler tokens = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Answers a request with a token or an error of RFC 6749, section 5.2.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        response.Headers.CacheControl = "no-store, no-cache, max-age=0";
        response.Headers.Pragma = "no-cache";

        if (await ReadFormAsync(context) is not { } form)
        {
            await RefuseAsync(response, "invalid_request");
        }
        else if (clients.FindClient(request.Headers.Authorization.ToString(), form) is not { } client)
        {
            logger.LogWarning("A token was refused: unknown client or wrong secret.");
            await RefuseAsync(response, "invalid_client");
        }
        else if (FindFault(client, form, out var scopes) is { } fault)
        {
            logger.LogWarning("A token for {ClientId} was refused: {Error}.", client.ClientId, fault);
            await RefuseAsync(response, fault);
        }
        else
        {
            await response.WriteAsJsonAsync(new Dictionary<string, object>
            {
                ["access_token"] = CreateToken(client, scopes, DiscoveryEndpoint.OriginOf(request)),
                ["expires_in"] = client.AccessTokenLifetime,
                ["token_type"] = "Bearer",
                ["scope"] = string.Join(' ', scopes),
            });
        }
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestForm;
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }

    private string? FindFault(Client client, IFormCollection form, out IReadOnlyList<string> scopes)
    {
        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        scopes = [.. (asked.Length == 0 ? client.AllowedScopes : asked).Distinct()];

        return form["grant_type"].ToString() switch
        {
            "" => "invalid_request",
            not ClientCredentials => "unsupported_grant_type",
            _ when !client.AllowedGrantTypes.Contains(ClientCredentials) => "unauthorized_client",
            _ when scopes.Count == 0 => "invalid_scope",
            _ when scopes.Any(scope => !client.AllowedScopes.Contains(scope) || !registrations.Scopes.Contains(scope)) => "invalid_scope",
            _ => null,
        };
    }

    private string CreateToken(Client client, IReadOnlyList<string> scopes, string origin)
    {
        // Whole seconds, as the token has them.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()).UtcDateTime;
        var claims = client.Claims
            .GroupBy(claim => client.ClientClaimsPrefix + claim.Type, claim => claim.Value)
            .ToDictionary(claim => claim.Key, claim => claim.Count() == 1 ? claim.First() : (object)claim.ToArray());
        var audiences = registrations.AudiencesOf(scopes);
        if (audiences.Count > 0)
        {
            // One audience is a text, several are a list.
            claims["aud"] = audiences is [var only] ? only : audiences.ToArray();
        }

        claims["client_id"] = client.ClientId;
        claims["scope"] = scopes.ToArray();
        claims["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

        return tokens.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = options.IssuerUri ?? origin,
            NotBefore = now,
            IssuedAt = now,
            Expires = now.AddSeconds(client.AccessTokenLifetime),
            Claims = claims,
            SigningCredentials = keys.Refresh().Signing.Credentials,
        });
    }

    private static Task RefuseAsync(HttpResponse response, string error)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        return response.WriteAsJsonAsync(new Dictionary<string, string> { ["error"] = error });
    }
}

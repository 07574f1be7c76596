using Equecel.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the check of access tokens.</summary>
public static class TokenAuthentication
{
    private static readonly string[] EveryAudience = ["enrolment", "assessment", "safety", "questionnaire", "analytics"];

    /// <summary>
    /// Accepts access tokens of Identity, and nothing else. The configuration names Identity: <c>Identity:Issuer</c> as its tokens
    /// do, <c>Identity:Authority</c> as the base address under which this program reaches it.
    /// </summary>
    /// <remarks>
    /// Sources: RFC 8725 (JSON Web Token best current practices), RFC 9068 (profile for access tokens). A bad token is answered with
    /// 401 without saying what is wrong with it; 503 while no key could be had from Identity yet.
    /// </remarks>
    /// <param name="builder">The program.</param>
    /// <param name="audience">The service that tokens must be meant for; null accepts those for any service, as the gateway does.</param>
    /// <exception cref="InvalidOperationException">The configuration does not name Identity.</exception>
    public static IHostApplicationBuilder AddTokenAuthentication(this IHostApplicationBuilder builder, string? audience)
    {
        var issuer = Required(builder.Configuration, "Identity:Issuer");
        var authority = Required(builder.Configuration, "Identity:Authority").TrimEnd('/');

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((options, time) =>
        {
            options.MapInboundClaims = false;
            options.IncludeErrorDetails = false;
            options.SaveToken = false;
            options.ConfigurationManager = KeysOf(authority);
            options.TokenHandlers.Clear();
            options.TokenHandlers.Add(new CachedTokenHandler(time));
            options.TokenValidationParameters = new()
            {
                ValidIssuer = issuer,
                ValidAudiences = audience is null ? EveryAudience : [audience],
                IgnoreTrailingSlashWhenValidatingAudience = false,
                ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256],
                ValidTypes = ["at+jwt"],
                ValidateIssuerSigningKey = true,
                TryAllIssuerSigningKeys = false,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                LifetimeValidator = (notBefore, expires, _, _) => AccessTokenRules.IsCurrent(notBefore, expires, time.GetUtcNow()),
                NameClaimType = "client_id",
                LogValidationExceptions = false,
            };
            options.Events = new() { OnChallenge = SayWhetherItIsTheCallersFault, OnAuthenticationFailed = RememberThatKeysAreMissing };
        });

        return builder;
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> KeysOf(string authority) => new(
        $"{authority}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(new HttpClient { Timeout = TimeSpan.FromSeconds(5) })
        {
            RequireHttps = authority.StartsWith("https://", StringComparison.OrdinalIgnoreCase),
        },
        // An answer without a key is as good as none, and must not be kept.
        new OpenIdConnectConfigurationValidator())
    {
        // An unknown key asks again, but not at the pace of forged tokens.
        RefreshInterval = TimeSpan.FromMinutes(5),
        AutomaticRefreshInterval = TimeSpan.FromHours(1),
        // Otherwise a withdrawn key would be accepted for another hour.
        UseLastKnownGoodConfiguration = false,
    };

    /// <summary>Whether the token of a request could not be judged because Identity has not been reached yet.</summary>
    /// <param name="context">The request.</param>
    internal static bool LacksKeys(HttpContext context) => context.Items.ContainsKey(typeof(SigningKeysUnavailableException));

    private static Task RememberThatKeysAreMissing(AuthenticationFailedContext context)
    {
        if (context.Exception is SigningKeysUnavailableException)
        {
            context.HttpContext.Items[typeof(SigningKeysUnavailableException)] = true;
        }

        return Task.CompletedTask;
    }

    private static Task SayWhetherItIsTheCallersFault(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is SigningKeysUnavailableException)
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }

        return Task.CompletedTask;
    }

    private static string Required(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The configuration lacks {key}, which says whose access tokens to accept.");
}

using System.Globalization;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Equecel.ServiceDefaults;

namespace Equecel.Gateway;

/// <summary>How much one caller may send.</summary>
internal static class CallLimits
{
    /// <summary>Name of the limit for each client and site.</summary>
    public const string PerClient = "per-client";

    /// <summary>Name of the limit for each network address, for calls before anyone is known.</summary>
    public const string PerAddress = "per-address";

    /// <summary>Largest call of one message, in bytes.</summary>
    public const long LargestCall = 512 * 1024;

    private const int MostConnections = 2_000;

    /// <summary>
    /// Adds the limits: connections and sizes, <c>Gateway:CallsPerSecond</c> for each client and site, and
    /// <c>Gateway:TokenRequestsPerSecond</c> for each address.
    /// </summary>
    /// <param name="builder">The program.</param>
    public static void AddCallLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = LargestCall;
        });

        var calls = builder.Configuration.GetValue("Gateway:CallsPerSecond", 5_000);
        var tokens = builder.Configuration.GetValue("Gateway:TokenRequestsPerSecond", 20);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) => RefuseAsync(rejected.HttpContext, rejected.Lease);
            limiter.AddPolicy(PerClient, context => RateLimitPartition.GetTokenBucketLimiter(ClientOf(context.User), _ => Bucket(calls, calls)));
            limiter.AddPolicy(PerAddress, context => RateLimitPartition.GetTokenBucketLimiter(AddressOf(context), _ => Bucket(tokens, 5 * tokens)));
        });
    }

    /// <summary>
    /// Lets an address from which <c>Gateway:RefusalsPerSecond</c> tokens were refused wait before another one is looked at: forging
    /// tokens is slow, and costs the gateway little.
    /// </summary>
    /// <param name="app">The program, before authentication.</param>
    public static void UseRefusalLimit(this WebApplication app)
    {
        var refusals = app.Configuration.GetValue("Gateway:RefusalsPerSecond", 50);
        var limiter = PartitionedRateLimiter.Create<HttpContext, string>(
            context => RateLimitPartition.GetTokenBucketLimiter(AddressOf(context), _ => Bucket(refusals, 5 * refusals)));
        app.Lifetime.ApplicationStopped.Register(limiter.Dispose);
        app.Use(next => async context =>
        {
            // A bucket holds parts of tokens too, which let in whoever asks for none of them.
            if (limiter.GetStatistics(context) is { CurrentAvailablePermits: 0 })
            {
                using var lease = limiter.AttemptAcquire(context);
                if (!lease.IsAcquired)
                {
                    context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                    await RefuseAsync(context, lease);
                    return;
                }
            }

            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
            {
                limiter.AttemptAcquire(context).Dispose();
            }
        });
    }

    private static (string? Client, string? Site) ClientOf(ClaimsPrincipal user) =>
        (user.FindFirst("client_id")?.Value, user.FindFirst("site")?.Value);

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        // One subscriber has a whole network of these.
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        var address => address.ToString(),
    };

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int atOnce) => new()
    {
        TokenLimit = atOnce,
        TokensPerPeriod = Math.Max(1, perSecond / 10),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, perSecond / 10) / (double)perSecond),
    };

    private static ValueTask RefuseAsync(HttpContext context, RateLimitLease lease)
    {
        var retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > TimeSpan.Zero ? told : TimeSpan.FromSeconds(1);
        if (context.Request.IsGrpc())
        {
            context.Response.Refuse(RpcError.RateLimited(retryAfter));
        }
        else
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return ValueTask.CompletedTask;
    }
}

using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the Redis client.</summary>
/// <remarks>
/// Stands in for <c>Aspire.StackExchange.Redis</c> where a package mirror lacks it. Left out: keyed clients, the client builder, traces,
/// the sub-section <c>ConfigurationOptions</c>, opening the connection at start.
/// </remarks>
public static class AspireRedisExtensions
{
    /// <summary>Registers <see cref="IConnectionMultiplexer"/>, which connects when first asked for, and its health check.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">Name of the connection: <c>ConnectionStrings:name</c>, else <c>Aspire:StackExchange:Redis:ConnectionString</c>.</param>
    /// <param name="configureSettings">Changes the settings; comes after configuration.</param>
    /// <param name="configureOptions">Changes the client's own options.</param>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = new StackExchangeRedisSettings();
        builder.Configuration.GetSection("Aspire:StackExchange:Redis").Bind(settings);
        builder.Configuration.GetSection($"Aspire:StackExchange:Redis:{connectionName}").Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
        {
            var options = ConfigurationOptions.Parse(settings.ConnectionString
                ?? throw new InvalidOperationException($"There is no connection string for Redis: set ConnectionStrings:{connectionName}."));
            configureOptions?.Invoke(options);
            return ConnectionMultiplexer.Connect(options);
        });
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new("StackExchange.Redis", services => new RedisHealthCheck(services), failureStatus: null, tags: null));
        }
    }

    private sealed class RedisHealthCheck(IServiceProvider services) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync().WaitAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, exception: e);
            }
        }
    }
}

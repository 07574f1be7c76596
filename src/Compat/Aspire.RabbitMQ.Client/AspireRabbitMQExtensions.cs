using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the RabbitMQ client.</summary>
/// <remarks>
/// Stands in for <c>Aspire.RabbitMQ.Client</c> where a package mirror lacks it. Left out: keyed clients, the sub-section
/// <c>ConnectionFactory</c>, the span around connecting, the client library's log, opening the connection at start.
/// </remarks>
public static class AspireRabbitMQExtensions
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Registers <see cref="IConnectionFactory"/>, <see cref="IConnection"/>, which is opened when first asked for, and its health check.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">Name of the connection: <c>ConnectionStrings:name</c>, else <c>Aspire:RabbitMQ:Client:ConnectionString</c>.</param>
    /// <param name="configureSettings">Changes the settings; comes after configuration.</param>
    /// <param name="configureConnectionFactory">Changes the client's own options.</param>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = new RabbitMQClientSettings();
        builder.Configuration.GetSection("Aspire:RabbitMQ:Client").Bind(settings);
        builder.Configuration.GetSection($"Aspire:RabbitMQ:Client:{connectionName}").Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionFactory>(_ =>
        {
            var factory = new ConnectionFactory
            {
                Uri = new Uri(settings.ConnectionString
                    ?? throw new InvalidOperationException($"There is no connection string for RabbitMQ: set ConnectionStrings:{connectionName}.")),
            };
            configureConnectionFactory?.Invoke(factory);
            return factory;
        });
        builder.Services.AddSingleton(services => Connect(services.GetRequiredService<IConnectionFactory>(), settings.MaxConnectRetryCount));
        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("RabbitMQ.Client.*"));
        }

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new("RabbitMQ.Client", services => new RabbitMQHealthCheck(services), failureStatus: null, tags: null));
        }
    }

    // A container cannot wait, so this blocks, as the genuine package does.
    private static IConnection Connect(IConnectionFactory factory, int retries)
    {
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                return factory.CreateConnectionAsync().GetAwaiter().GetResult();
            }
            catch (BrokerUnreachableException) when (retries-- > 0)
            {
                Thread.Sleep(pause);
            }
        }
    }

    private sealed class RabbitMQHealthCheck(IServiceProvider services) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return Task.FromResult(services.GetRequiredService<IConnection>().IsOpen
                    ? HealthCheckResult.Healthy()
                    : new HealthCheckResult(context.Registration.FailureStatus));
            }
            catch (BrokerUnreachableException e)
            {
                return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, exception: e));
            }
        }
    }
}

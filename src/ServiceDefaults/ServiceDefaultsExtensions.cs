using Equecel.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service shares: telemetry, health, limits, and for gRPC services access and errors.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Tag of a health check that decides whether the service is ready for calls.</summary>
    public const string Ready = "ready";

    /// <summary>Largest message that a service reads, in bytes. A form takes a few hundred.</summary>
    public const int MaxReceiveMessageBytes = 256 * 1024;

    /// <summary>Largest message that a service takes in a stream, in bytes: many of them wait at once.</summary>
    public const int MaxStreamedMessageBytes = 64 * 1024;

    /// <summary>Largest message that a service sends, in bytes.</summary>
    public const int MaxSendMessageBytes = 4 * 1024 * 1024;

    /// <summary>Adds telemetry, health checks, a stop that fails no call, the limits of the server, and that nothing is open by oversight.</summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Services.AddHostedService<RuntimeVersion>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddHealthChecks().AddCheck<Drain>("draining", tags: [Ready]);
        builder.Services.AddSingleton(TimeProvider.System);
        // Authentication brings data protection along; nothing here uses its keys (Identity keeps its own without), so none are written to disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(DeclaredEndpoints.Fallback);
        builder.Services.Configure<HostOptions>(options => options.ServicesStopConcurrently = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 500;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        });
        return builder;
    }

    /// <summary>Adds what a gRPC service needs on top: tokens, access as the contracts declare it, errors, health and reflection.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="audience">The audience of tokens for this service, such as <c>safety</c>.</param>
    public static WebApplicationBuilder AddGrpcServiceDefaults(this WebApplicationBuilder builder, string audience)
    {
        builder.AddServiceDefaults();
        builder.AddTokenAuthentication(audience);
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxReceiveMessageBytes;
            grpc.MaxSendMessageSize = MaxSendMessageBytes;
            grpc.EnableDetailedErrors = false;
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<AccessInterceptor>();
            grpc.Interceptors.Add<LimitInterceptor>();
        });
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SigningKeys>());
        builder.Services.AddHealthChecks().AddCheck<SigningKeys>("keys", tags: [Ready]);
        // It would write of every message that cannot be read, at length and quoting it. What escapes an RPC is logged by its interceptor.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None);
        // The library refuses a message by the length that it announces, with a status. The server's own limit would come in between without one.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddSingleton<IStartupFilter, UnreadMessages>();
        builder.Services.AddSingleton<ErrorInterceptor>();
        builder.Services.AddSingleton<AccessInterceptor>();
        builder.Services.AddSingleton<OpenStreams>();
        builder.Services.AddSingleton<LimitInterceptor>();
        builder.Services.AddGrpcHealthChecks(health =>
        {
            health.Services.Map("", check => check.Tags.Contains(Ready));
            health.Services.Map("readiness", check => check.Tags.Contains(Ready));
            health.Services.Map("liveness", _ => false);
        }).AddCheck("started", () => Diagnostics.HealthChecks.HealthCheckResult.Healthy(), [Ready]);
        builder.Services.AddGrpcReflection();
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (the process answers) and <c>/health</c> (it is ready for calls, and what is not well with it all the same).
    /// A check without the tag <see cref="Ready"/> says Degraded at worst. The application refuses to start with an endpoint that does not
    /// declare who may call it.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().AnswerToTheEnd();
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthText.WriteAsync }).AllowAnonymous().AnswerToTheEnd();
        app.RefuseUndeclaredAtStart();
        return app;
    }

    /// <summary>Maps the health service, and in development the reflection service, bounds calls in time, and refuses endpoints that do not declare who may call them.</summary>
    /// <param name="app">The application, which authenticates, with its gRPC services mapped.</param>
    /// <exception cref="InvalidOperationException">An endpoint does not declare it.</exception>
    public static WebApplication MapGrpcDefaults(this WebApplication app)
    {
        app.UseDrain();
        app.UseAuthorization();
        app.UseCallBounds(app.Services.GetRequiredService<TimeProvider>());
        app.MapDefaultEndpoints();
        app.MapGrpcHealthChecksService().AllowAnonymous().AnswerToTheEnd();
        if (app.Environment.IsDevelopment())
        {
            // Elsewhere health alone answers who brings no token.
            app.MapGrpcReflectionService().AllowAnonymous().AnswerToTheEnd();
        }

        app.RefuseUndeclared();
        return app;
    }

    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // Without a collector the instruments would only cost memory and time.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging => logging.IncludeScopes = true);
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter("Npgsql", "Equecel.*"))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddSource("Npgsql", "RabbitMQ.Client.*", "Equecel.*"))
            .UseOtlpExporter();
    }
}

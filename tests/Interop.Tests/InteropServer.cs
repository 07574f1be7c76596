using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Equecel.Interop.Tests;

/// <summary>A server on Grpc.AspNetCore, on a free port of loopback, HTTP/2 without TLS.</summary>
public sealed class InteropServer : IAsyncLifetime
{
    private readonly WebApplication app;

    /// <summary>Builds it.</summary>
    public InteropServer()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<SeenCalls>();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.ResponseCompressionAlgorithm = "gzip";
            grpc.ResponseCompressionLevel = CompressionLevel.Fastest;
            grpc.Interceptors.Add<SeenCalls>();
        });
        builder.Services.AddGrpcHealthChecks(health =>
            {
                health.Services.Map("up", check => check.Tags.Contains("up"));
                health.Services.Map("down", check => check.Tags.Contains("down"));
            })
            .AddCheck("up", () => HealthCheckResult.Healthy(), ["up"])
            .AddCheck("down", () => HealthCheckResult.Unhealthy(), ["down"]);
        // The first report of the health checks comes with the first period after the start.
        builder.Services.Configure<HealthCheckPublisherOptions>(options => options.Delay = TimeSpan.Zero);

        app = builder.Build();
        app.Use((context, next) => Seen.NoteEncodingAsync(context, next));
        app.MapGrpcService<EchoGrpcService>();
        app.MapGrpcHealthChecksService();
    }

    /// <summary>What it has seen.</summary>
    public SeenCalls Seen => app.Services.GetRequiredService<SeenCalls>();

    /// <summary>Host and port.</summary>
    public string Address => new Uri(app.Urls.Single()).Authority;

    /// <inheritdoc />
    public Task InitializeAsync() => app.StartAsync();

    /// <inheritdoc />
    public Task DisposeAsync() => app.DisposeAsync().AsTask();
}

using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Testing;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>A gRPC service with the defaults, whose RPCs are a test's.</summary>
internal sealed class DefaultsHost : IAsyncDisposable
{
    private readonly TokenIssuer issuer;
    private readonly GrpcChannel channel;

    private DefaultsHost(WebApplication app, string address, TokenIssuer issuer)
    {
        (App, Address, this.issuer, channel) = (app, address, issuer, GrpcChannel.ForAddress(address));
        Client = new(channel);
    }

    public WebApplication App { get; }

    public string Address { get; }

    public EnrolmentService.EnrolmentServiceClient Client { get; }

    /// <summary>Starts it.</summary>
    /// <param name="service">The RPCs.</param>
    /// <param name="settings">Settings by name.</param>
    public static async Task<DefaultsHost> StartAsync<TService>(TService service, params (string Name, string Value)[] settings)
        where TService : EnrolmentService.EnrolmentServiceBase
    {
        var issuer = new TokenIssuer();
        await issuer.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Identity:Issuer"] = TokenIssuer.Issuer;
        builder.Configuration["Identity:Authority"] = issuer.Authority;
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddGrpcServiceDefaults("enrolment");
        builder.Services.AddSingleton(service);
        var port = FreePort.Take();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.UseAuthentication();
        app.MapGrpcService<TService>();
        app.MapGrpcDefaults();
        await app.StartAsync();
        return new(app, $"http://127.0.0.1:{port}", issuer);
    }

    /// <summary>A token for it.</summary>
    public string Token(Action<JsonObject>? change = null) => issuer.Token(claims =>
    {
        claims["aud"] = new JsonArray("enrolment");
        change?.Invoke(claims);
    });

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await App.DisposeAsync();
        await issuer.DisposeAsync();
    }
}

using Duende.IdentityServer.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.Identity;

/// <summary>Adds the token service to the program.</summary>
internal static class TokenService
{
    /// <summary>Adds the token service with the clients, scopes, issuer and keys of the configuration.</summary>
    /// <param name="builder">The program.</param>
    /// <exception cref="InvalidOperationException">The configuration is faulty; the message names every fault.</exception>
    public static void AddTokenService(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var (clients, withoutSecret) = ClientRegistry.Read(configuration);
        var keyPath = Path.Combine(builder.Environment.ContentRootPath, configuration["Identity:KeyPath"] ?? "keys");

        builder.Services.AddIdentityServer(options =>
            {
                options.IssuerUri = configuration["Identity:Issuer"];
                options.KeyManagement.KeyPath = keyPath;
                // Data protection has no key of its own that outlasts a restart. The folder is Identity's alone.
                options.KeyManagement.DataProtectKeys = false;
                options.KeyManagement.SigningAlgorithms = [new SigningAlgorithmOptions(SecurityAlgorithms.RsaSsaPssSha256)];
                // One instance makes the first key; there is nobody to wait for.
                options.KeyManagement.InitializationSynchronizationDelay = TimeSpan.Zero;
            })
            .AddInMemoryApiScopes(Scopes.All)
            .AddInMemoryApiResources(Scopes.Resources)
            .AddInMemoryClients(clients);

        builder.Services.AddHostedService(services =>
            new MissingSecrets(withoutSecret, services.GetRequiredService<ILogger<MissingSecrets>>()));
        builder.AddAccountTrail(keyPath);
    }

    /// <summary>Keeps who is refused a token.</summary>
    /// <param name="app">The program, before it answers.</param>
    public static void UseAccountTrail(this IApplicationBuilder app)
    {
        var refused = app.ApplicationServices.GetRequiredService<RefusedSignIns>();
        app.Use(next => async context =>
        {
            await next(context);
            refused.Note(context);
        });
    }

    private static void AddAccountTrail(this WebApplicationBuilder builder, string folder)
    {
        var clients = ClientRegistry.Describe(builder.Configuration);
        builder.Services.AddSingleton(services => new AccountTrail(
            folder, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<AccountTrail>>()));
        builder.Services.AddSingleton<RefusedSignIns>();
        builder.Services.AddHostedService(services => new KnownClients(clients, services.GetRequiredService<AccountTrail>()));
    }

    /// <summary>Lets the gateway say by which scheme it was called, so that discovery names addresses that its callers can reach.</summary>
    /// <param name="app">The program.</param>
    public static void UseGatewayScheme(this IApplicationBuilder app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto };
        // From anyone: it decides nothing but the addresses that the document shows to the same caller.
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        app.UseForwardedHeaders(options);
    }
}

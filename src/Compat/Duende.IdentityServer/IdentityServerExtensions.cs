// Stand-in for Duende.IdentityServer 7.4.8, for feeds that lack it: the calls that src/Identity makes, under the genuine names.
//
// It has: client credentials (secret in the form or as Basic), discovery, the key set, and PS256 signing keys in files with
// announcement, rotation and retirement.
// It leaves out: every other grant, protocol and endpoint; users, consent, sessions; refresh and reference tokens; stores other than
// in memory; other algorithms; encryption of the key files by Data Protection (it is to be switched off; they are readable by their
// owner alone); several instances on one key folder; events; the licence.
using Duende.IdentityServer;
using Duende.IdentityServer.Configuration;
using Duende.IdentityServer.Endpoints;
using Duende.IdentityServer.Keys;
using Duende.IdentityServer.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Collects what the token service is made of.</summary>
    public interface IIdentityServerBuilder
    {
        /// <summary>The services of the program.</summary>
        IServiceCollection Services { get; }
    }

    /// <summary>Adds the token service.</summary>
    public static class IdentityServerServiceCollectionExtensions
    {
        /// <summary>Adds the token service.</summary>
        /// <param name="services">The services of the program.</param>
        /// <param name="setupAction">Sets how it behaves.</param>
        public static IIdentityServerBuilder AddIdentityServer(
            this IServiceCollection services, Action<IdentityServerOptions> setupAction)
        {
            var options = new IdentityServerOptions();
            setupAction(options);

            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(options);
            services.AddSingleton(options.KeyManagement);
            services.AddSingleton<KeyFiles>();
            services.AddSingleton<KeyRing>();
            services.AddSingleton<Registrations>();
            services.AddSingleton<ClientAuthentication>();
            services.AddSingleton<DiscoveryEndpoint>();
            services.AddSingleton<TokenEndpoint>();
            return new Builder(services);
        }

        private sealed record Builder(IServiceCollection Services) : IIdentityServerBuilder;
    }

    /// <summary>Adds what the token service knows.</summary>
    public static class IdentityServerBuilderExtensionsInMemory
    {
        /// <summary>Adds the scopes that clients can be given.</summary>
        /// <param name="builder">The token service.</param>
        /// <param name="apiScopes">The scopes.</param>
        public static IIdentityServerBuilder AddInMemoryApiScopes(this IIdentityServerBuilder builder, IEnumerable<ApiScope> apiScopes)
        {
            builder.Services.AddSingleton(apiScopes);
            return builder;
        }

        /// <summary>Adds the services that accept tokens.</summary>
        /// <param name="builder">The token service.</param>
        /// <param name="apiResources">The services.</param>
        public static IIdentityServerBuilder AddInMemoryApiResources(
            this IIdentityServerBuilder builder, IEnumerable<ApiResource> apiResources)
        {
            builder.Services.AddSingleton(apiResources);
            return builder;
        }

        /// <summary>Adds the clients.</summary>
        /// <param name="builder">The token service.</param>
        /// <param name="clients">The clients, each with a name of its own.</param>
        public static IIdentityServerBuilder AddInMemoryClients(this IIdentityServerBuilder builder, IEnumerable<Client> clients)
        {
            builder.Services.AddSingleton(clients);
            return builder;
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Serves the token service.</summary>
    public static class IdentityServerApplicationBuilderExtensions
    {
        /// <summary>Serves the token service under its standard paths.</summary>
        /// <param name="app">The program.</param>
        /// <exception cref="NotSupportedException">The options ask for what the stand-in does not have.</exception>
        public static IApplicationBuilder UseIdentityServer(this IApplicationBuilder app)
        {
            // Keys and clients are read now, so that a fault shows at the start and not at the first call.
            app.ApplicationServices.GetRequiredService<KeyRing>().Refresh();
            var discovery = app.ApplicationServices.GetRequiredService<DiscoveryEndpoint>();
            var token = app.ApplicationServices.GetRequiredService<TokenEndpoint>();

            return app.Use((context, next) => context.Request.Path.Value switch
            {
                DiscoveryEndpoint.DocumentPath => discovery.WriteDocumentAsync(context),
                DiscoveryEndpoint.KeySetPath => discovery.WriteKeySetAsync(context),
                TokenEndpoint.Path => token.AnswerAsync(context),
                _ => next(context),
            });
        }
    }
}

using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>How one service calls another: its address by name, its own token from Identity.</summary>
public static class ServiceClientExtensions
{
    /// <summary>Adds a gRPC client of another service. The token's client and secret are <c>Identity:ClientId</c> and <c>Identity:ClientSecret</c>.</summary>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="service">Name of the service, as the AppHost knows it.</param>
    public static WebApplicationBuilder AddServiceClient<TClient>(this WebApplicationBuilder builder, string service)
        where TClient : class
    {
        builder.Services.AddSingleton<ServiceToken>();
        builder.Services
            .AddGrpcClient<TClient>(client => client.Address = new Uri(
                builder.Configuration[$"services:{service}:grpc:0"]
                ?? throw new InvalidOperationException($"Set services__{service}__grpc__0 to the gRPC address of {service}.")))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                ConnectTimeout = TimeSpan.FromSeconds(2),
            })
            .AddHttpMessageHandler(services => new ServiceTokenHandler(services.GetRequiredService<ServiceToken>()));
        return builder;
    }

    /// <summary>The service's own access token, kept until shortly before it expires.</summary>
    internal sealed class ServiceToken(IConfiguration configuration, TimeProvider time) : IDisposable
    {
        private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
        private readonly SemaphoreSlim fetching = new(1);
        private (string Value, DateTimeOffset RefreshAt)? token;

        public async Task<string> GetAsync(CancellationToken cancellation)
        {
            if (token is { } known && time.GetUtcNow() < known.RefreshAt)
            {
                return known.Value;
            }

            await fetching.WaitAsync(cancellation);
            try
            {
                return token is { } fetched && time.GetUtcNow() < fetched.RefreshAt ? fetched.Value : await FetchAsync(cancellation);
            }
            finally
            {
                fetching.Release();
            }
        }

        public void Dispose()
        {
            http.Dispose();
            fetching.Dispose();
        }

        private async Task<string> FetchAsync(CancellationToken cancellation)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = Required("Identity:ClientId"),
                ["client_secret"] = Required("Identity:ClientSecret"),
            });
            using var response = await http.PostAsync(new Uri($"{Required("Identity:Authority")}/connect/token"), form, cancellation);
            response.EnsureSuccessStatusCode();

            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            var value = answer.RootElement.GetProperty("access_token").GetString()!;
            var lifetime = TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt32());
            token = (value, time.GetUtcNow() + (lifetime * 0.8));
            return value;
        }

        private string Required(string key) => configuration[key] ?? throw new InvalidOperationException($"Set {key}.");
    }

    private sealed class ServiceTokenHandler(ServiceToken token) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token.GetAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

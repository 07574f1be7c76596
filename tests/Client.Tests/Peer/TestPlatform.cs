using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equecel.Client.Tests.Peer;

/// <summary>The other end of the wire: a real server that answers the platform's contracts as a test tells it to.</summary>
public sealed class TestPlatform : IAsyncDisposable
{
    private readonly WebApplication app;
    private int tokenCount;

    private TestPlatform(WebApplication app) => this.app = app;

    public Uri GatewayAddress { get; private set; } = null!;

    public Uri TokenAddress { get; private set; } = null!;

    public EnrolmentPeer Enrolment { get; } = new();

    public AssessmentPeer Assessment { get; } = new();

    public SafetyPeer Safety { get; } = new();

    public QuestionnairePeer Questionnaire { get; } = new();

    public AnalyticsPeer Analytics { get; } = new();

    public int TokenCount => tokenCount;

    public int TokenLifetimeSeconds { get; set; } = 600;

    public string Secret { get; set; } = "secret";

    public ConcurrentQueue<IFormCollection> TokenRequests { get; } = new();

    public ConcurrentDictionary<string, bool> RefusedTokens { get; } = new();

    public ConcurrentQueue<string> TokensSeen { get; } = new();

    public static async Task<TestPlatform> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var protocols in new[] { HttpProtocols.Http2, HttpProtocols.Http1 })
            {
                kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
                {
                    endpoint.Protocols = protocols;
                    if (certificate is not null)
                    {
                        endpoint.UseHttps(certificate);
                    }
                });
            }
        });
        var guard = new TokenGuard();
        builder.Services.AddSingleton(guard);
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<TokenGuard>());

        TestPlatform platform = null!;
        builder.Services.AddSingleton(_ => platform.Enrolment);
        builder.Services.AddSingleton(_ => platform.Assessment);
        builder.Services.AddSingleton(_ => platform.Safety);
        builder.Services.AddSingleton(_ => platform.Questionnaire);
        builder.Services.AddSingleton(_ => platform.Analytics);

        var app = builder.Build();
        platform = new TestPlatform(app);
        guard.Platform = platform;
        app.MapGrpcService<EnrolmentPeer>();
        app.MapGrpcService<AssessmentPeer>();
        app.MapGrpcService<SafetyPeer>();
        app.MapGrpcService<QuestionnairePeer>();
        app.MapGrpcService<AnalyticsPeer>();
        app.MapPost("/connect/token", platform.GiveTokenAsync);
        await app.StartAsync();

        var addresses = app.Urls.ToArray();
        platform.GatewayAddress = new Uri(addresses[0]);
        platform.TokenAddress = new Uri(addresses[1]);
        return platform;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> GiveTokenAsync(HttpRequest request)
    {
        TokenRequests.Enqueue(await request.ReadFormAsync());
        var credentials = Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization.ToString()["Basic ".Length..]));
        return credentials.EndsWith($":{Secret}", StringComparison.Ordinal)
            ? Results.Json(new { access_token = $"token-{Interlocked.Increment(ref tokenCount)}", expires_in = TokenLifetimeSeconds, token_type = "Bearer" })
            : Results.Json(new { error = "invalid_client" }, statusCode: 400);
    }

    private sealed class TokenGuard : Interceptor
    {
        public TestPlatform Platform { get; set; } = null!;

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Check(context);
            return continuation(request, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Check(context);
            return continuation(requestStream, responseStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Check(context);
            return continuation(request, responseStream, context);
        }

        private void Check(ServerCallContext context)
        {
            var token = context.RequestHeaders.GetValue("authorization") ?? "";
            Platform.TokensSeen.Enqueue(token);
            if (token.Length == 0 || Platform.RefusedTokens.ContainsKey(token))
            {
                throw new RpcException(new Status(StatusCode.Unauthenticated, "The token is not accepted."));
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Testing;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>A gRPC service with the defaults, whose RPCs tell who calls, fail, or declare no access.</summary>
public sealed class AccessInterceptorTests : IAsyncLifetime, ILoggerProvider, ILogger
{
    private readonly TokenIssuer issuer = new();
    private readonly ConcurrentQueue<string> log = new();
    private WebApplication app = null!;
    private GrpcChannel channel = null!;

    public async Task InitializeAsync()
    {
        var builder = Builder();
        var port = FreePort.Take();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        app = builder.Build();
        app.UseAuthentication();
        app.MapGrpcService<WhoCalls>();
        app.MapGrpcService<Undeclared>();
        await app.StartAsync();
        channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
    }

    public async Task DisposeAsync()
    {
        channel.Dispose();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("equecel.capture", "01", null, "site-01 site-01 01")]
    [InlineData("equecel.capture", "01", "dr-li", "site-01 dr-li 01")]
    [InlineData("equecel.study", null, null, "site-01 site-01 all")]
    [InlineData("equecel.capture equecel.study", "01", null, "site-01 site-01 01")]
    public async Task A_caller_has_the_sites_that_scope_and_token_give(string scopes, string? site, string? sub, string expected)
    {
        await issuer.StartAsync();

        Assert.Equal(expected, (await GetAsync(Token(scopes, site, sub))).Header.Reason);
    }

    [Theory]
    [InlineData("equecel.study")]
    [InlineData("equecel.feed")]
    public async Task A_token_that_names_a_site_has_no_use_for_scopes_of_all_sites(string scope)
    {
        await issuer.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => GetAsync(Token(scope, "01")));

        Assert.Equal((StatusCode.PermissionDenied, "SCOPE_MISSING"), (failure.StatusCode, Reason(failure)));
    }

    [Fact]
    public async Task An_RPC_that_declares_no_access_cannot_be_called()
    {
        await issuer.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await new Health.HealthClient(channel).CheckAsync(new(), Headers(Token("equecel.study"))));

        Assert.Equal((StatusCode.Unimplemented, "NOT_CALLABLE"), (failure.StatusCode, Reason(failure)));
    }

    [Fact]
    public void A_service_with_such_an_RPC_does_not_start()
    {
        using var undeclared = Builder().Build();
        undeclared.MapGrpcService<Undeclared>();

        Assert.Contains("/grpc.health.v1.Health/Check", Assert.Throws<InvalidOperationException>(() => undeclared.MapGrpcDefaults()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_cannot_be_judged_yet_is_not_called_bad()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => GetAsync(Token("equecel.study")));
        Assert.Equal((StatusCode.Unavailable, "DEPENDENCY_DOWN"), (failure.StatusCode, Reason(failure)));

        await issuer.StartAsync();
        Assert.NotNull(await GetAsync(Token("equecel.study")));
    }

    [Fact]
    public async Task A_service_is_ready_once_it_has_keys_and_stays_so_when_Identity_is_gone()
    {
        Assert.Equal(HealthStatus.Unhealthy, await ReadinessAsync());

        await issuer.StartAsync();
        await Eventually.GetAsync(ReadinessAsync, status => status == HealthStatus.Healthy);
        await issuer.StopAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HealthStatus.Healthy, await ReadinessAsync());
        }

        Assert.Equal(1, issuer.KeyRequests);
        Assert.NotNull(await GetAsync(Token("equecel.study")));
    }

    [Fact]
    public async Task A_defect_reaches_the_log_whole_and_the_caller_as_an_id()
    {
        await issuer.StartAsync();
        var client = new EnrolmentService.EnrolmentServiceClient(channel);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.ListRecordsAsync(new ListRecordsRequest(), Headers(Token("equecel.study"))));

        Assert.Equal((StatusCode.Internal, "DEFECT"), (failure.StatusCode, Reason(failure)));
        Assert.DoesNotContain("secret detail", failure.ToString(), StringComparison.Ordinal);
        var id = failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["error_id"];
        Assert.Contains(log, line => line.Contains(id, StringComparison.Ordinal) && line.Contains("secret detail", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/equecel.enrolment.v1.EnrolmentService/GetRecord/")]
    [InlineData("/EQUECEL.ENROLMENT.V1.ENROLMENTSERVICE/GETRECORD")]
    public async Task No_way_of_writing_the_path_opens_the_door(string path)
    {
        await issuer.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{channel.Target}"), DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var body = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } };
        using var response = await http.PostAsync(new Uri(http.BaseAddress, path), body);

        var status = response.TrailingHeaders.Concat(response.Headers).FirstOrDefault(header => header.Key == "grpc-status").Value?.Single();
        Assert.True(status is "16" or "12" || (int)response.StatusCode == 404, $"{response.StatusCode} {status}");
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log.Enqueue($"{formatter(state, exception)} {exception}");

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void IDisposable.Dispose()
    {
    }

    private static string Reason(RpcException failure) => failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;

    private static Metadata Headers(string token) => new() { { "authorization", $"Bearer {token}" } };

    private WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(this);
        builder.Configuration["Identity:Issuer"] = TokenIssuer.Issuer;
        builder.Configuration["Identity:Authority"] = issuer.Authority;
        builder.AddGrpcServiceDefaults("enrolment");
        return builder;
    }

    private async Task<HealthStatus> ReadinessAsync() =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains(ServiceDefaultsExtensions.Ready))).Status;

    private async Task<EnrolmentRecord> GetAsync(string token) =>
        await new EnrolmentService.EnrolmentServiceClient(channel).GetRecordAsync(new GetRecordRequest(), Headers(token));

    private string Token(string scopes, string? site = null, string? sub = null) => issuer.Token(claims =>
    {
        claims["scope"] = new JsonArray([.. scopes.Split(' ').Select(scope => JsonValue.Create(scope))]);
        claims.Remove("site");
        foreach (var (name, value) in new[] { ("site", site), ("sub", sub) })
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }
    });

    private sealed class WhoCalls : EnrolmentService.EnrolmentServiceBase
    {
        public override Task<EnrolmentRecord> GetRecord(GetRecordRequest request, ServerCallContext context)
        {
            var caller = Caller.Of(context);
            return Task.FromResult(new EnrolmentRecord { Header = new RecordHeader { Reason = $"{caller.Client} {caller.Actor} {caller.Sites.Site ?? "all"}" } });
        }

        public override Task<ListRecordsResponse> ListRecords(ListRecordsRequest request, ServerCallContext context) =>
            throw new InvalidOperationException("A secret detail.");
    }

    private sealed class Undeclared : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => Task.FromResult(new HealthCheckResponse());
    }
}

using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>A gRPC service with the defaults, which lets in two calls at once and whose RPCs wait until they are ended.</summary>
public sealed class CallBoundsTests : IAsyncLifetime, IDisposable
{
    private readonly TokenIssuer issuer = new();
    private readonly Waiting waiting = new();
    private WebApplication app = null!;
    private GrpcChannel channel = null!;
    private EnrolmentService.EnrolmentServiceClient client = null!;

    public async Task InitializeAsync()
    {
        await issuer.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Identity:Issuer"] = TokenIssuer.Issuer;
        builder.Configuration["Identity:Authority"] = issuer.Authority;
        builder.Configuration["Limits:CallsAtOnce"] = "2";
        builder.AddGrpcServiceDefaults("enrolment");
        builder.Services.AddSingleton(waiting);
        var port = FreePort.Take();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        app = builder.Build();
        app.UseAuthentication();
        app.MapGrpcService<Waiting>();
        app.MapGrpcDefaults();
        await app.StartAsync();
        channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        client = new(channel);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await issuer.DisposeAsync();
    }

    public void Dispose() => channel.Dispose();

    [Fact]
    public async Task A_call_without_a_deadline_is_given_one()
    {
        await client.ListRecordsAsync(new(), Headers());
        Assert.InRange(waiting.Deadline, DateTime.UtcNow, DateTime.UtcNow.AddSeconds(10));

        await client.ListRecordsAsync(new(), Headers(), DateTime.UtcNow.AddMinutes(5));
        Assert.InRange(waiting.Deadline, DateTime.UtcNow.AddMinutes(4), DateTime.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task A_stream_ends_with_its_token()
    {
        var token = issuer.Token(claims =>
        {
            claims["nbf"] = (long)claims["nbf"]! - 100;
            claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1;
        });

        using var feed = client.WatchRecords(new(), Headers(token));
        using var import = client.ImportRecords(Headers(token));

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => feed.ResponseStream.MoveNext(default))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => import.ResponseStream.MoveNext(default))).StatusCode);
    }

    [Fact]
    public async Task A_call_too_many_is_refused_with_when_to_come_again()
    {
        using var first = client.GetRecordAsync(new(), Headers());
        using var second = client.GetRecordAsync(new(), Headers());
        await Eventually.TrueAsync(() => waiting.Count == 2);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.GetRecordAsync(new(), Headers()));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal("200", failure.Trailers.GetValue("grpc-retry-pushback-ms"));

        waiting.Go.SetResult();
        await first;
        await second;
        Assert.NotNull(await client.GetRecordAsync(new(), Headers()));
    }

    [Fact]
    public async Task A_row_that_is_too_large_ends_its_stream()
    {
        using var import = client.ImportRecords(Headers());
        await import.RequestStream.WriteAsync(new() { Row = new() { Header = new() { Reason = new string('x', 60_000) } } });
        Assert.True(await import.ResponseStream.MoveNext(default));

        await import.RequestStream.WriteAsync(new() { Row = new() { Header = new() { Reason = new string('x', 70_000) } } });
        var failure = await Assert.ThrowsAsync<RpcException>(() => import.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Contains("65536 bytes", failure.Status.Detail, StringComparison.Ordinal);
    }

    private Metadata Headers(string? token = null) => new() { { "authorization", $"Bearer {token ?? issuer.Token(claims => claims["aud"] = new JsonArray("enrolment"))}" } };

    private sealed class Waiting : EnrolmentService.EnrolmentServiceBase
    {
        private int count;

        public DateTime Deadline { get; private set; }

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count => Volatile.Read(ref count);

        public override Task<ListRecordsResponse> ListRecords(ListRecordsRequest request, ServerCallContext context)
        {
            Deadline = context.Deadline;
            return Task.FromResult(new ListRecordsResponse());
        }

        public override async Task<EnrolmentRecord> GetRecord(GetRecordRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref count);
            await Go.Task;
            return new();
        }

        public override Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context) =>
            Task.Delay(Timeout.Infinite, context.CancellationToken);

        public override async Task ImportRecords(
            IAsyncStreamReader<ImportRecordsRequest> requestStream, IServerStreamWriter<ImportVerdict> responseStream, ServerCallContext context)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                await responseStream.WriteAsync(new());
            }
        }
    }
}

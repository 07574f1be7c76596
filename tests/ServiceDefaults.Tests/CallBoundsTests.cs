using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Testing;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>A gRPC service with the defaults, which lets in two calls at once, three streams of a client and five in all, and whose RPCs wait until they are ended.</summary>
public sealed class CallBoundsTests : IAsyncLifetime
{
    private readonly Waiting waiting = new();
    private DefaultsHost host = null!;
    private EnrolmentService.EnrolmentServiceClient client = null!;

    public async Task InitializeAsync()
    {
        host = await DefaultsHost.StartAsync(waiting, ("Limits:CallsAtOnce", "2"), ("Limits:StreamsOfClient", "3"), ("Limits:StreamsAtOnce", "5"));
        client = host.Client;
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

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
        var token = host.Token(claims =>
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
    public async Task A_stream_too_many_of_a_client_is_refused_and_the_others_go_on()
    {
        var open = new[] { await ImportAsync(client), await ImportAsync(client), await ImportAsync(client) };

        using var import = client.ImportRecords(Headers());
        using var feed = client.WatchRecords(new(), Headers());
        foreach (var failure in new[] { await RefusedAsync(import.ResponseStream), await RefusedAsync(feed.ResponseStream) })
        {
            Assert.Equal((StatusCode.ResourceExhausted, "1000"), (failure.StatusCode, failure.Trailers.GetValue("grpc-retry-pushback-ms")));
            Assert.Contains("End one that is not needed, or open this one again a little later.", failure.Status.Detail, StringComparison.Ordinal);
            var told = failure.GetRpcStatus()!;
            Assert.Equal(("RATE_LIMITED", "3 streams"), (told.GetDetail<ErrorInfo>()!.Reason, told.GetDetail<ErrorInfo>()!.Metadata["limit"]));
            Assert.Equal(1, told.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        }

        foreach (var stream in open)
        {
            await EchoAsync(stream);
        }

        // Another client, and calls of one message.
        using var other = await ImportAsync(client, "02");
        await client.ListRecordsAsync(new(), Headers());

        // The place of one that has ended is free.
        await open[0].RequestStream.CompleteAsync();
        Assert.False(await open[0].ResponseStream.MoveNext(default));
        using var next = await ImportAsync(client);
        Array.ForEach(open, stream => stream.Dispose());
    }

    [Fact]
    public async Task The_place_of_a_caller_who_vanishes_is_had_again()
    {
        using (var vanishing = GrpcChannel.ForAddress(host.Address))
        {
            for (var i = 0; i < 3; i++)
            {
                await ImportAsync(new(vanishing));
            }

            using var fourth = client.ImportRecords(Headers());
            await RefusedAsync(fourth.ResponseStream);
        }

        using var import = await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    return await ImportAsync(client);
                }
                catch (Exception e) when (e is RpcException { StatusCode: StatusCode.ResourceExhausted } or InvalidOperationException)
                {
                    // Refused, perhaps before anything was written.
                    return null;
                }
            },
            open => open is not null);
        await EchoAsync(import!);
    }

    [Fact]
    public async Task A_stream_more_than_the_service_takes_is_refused_whoever_opens_it()
    {
        using var first = await ImportAsync(client);
        using var second = await ImportAsync(client);
        using var third = await ImportAsync(client, "02");
        using var fourth = await ImportAsync(client, "02");
        using (await ImportAsync(client, "03"))
        {
            using var refused = client.ImportRecords(Headers(Token("04")));
            var failure = await RefusedAsync(refused.ResponseStream);
            Assert.Equal("5 streams", failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["limit"]);
            Assert.StartsWith("This service has 5 streams open", failure.Status.Detail, StringComparison.Ordinal);
        }

        await EchoAsync(first);
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

    private Metadata Headers(string? token = null) => new() { { "authorization", $"Bearer {token ?? Token("01")}" } };

    private string Token(string site) => host.Token(claims =>
    {
        claims["client_id"] = $"site-{site}";
        claims["site"] = site;
    });

    // It is open once it has answered.
    private async Task<AsyncDuplexStreamingCall<ImportRecordsRequest, ImportVerdict>> ImportAsync(EnrolmentService.EnrolmentServiceClient from, string site = "01")
    {
        var import = from.ImportRecords(Headers(Token(site)));
        await EchoAsync(import);
        return import;
    }

    private static async Task EchoAsync(AsyncDuplexStreamingCall<ImportRecordsRequest, ImportVerdict> import)
    {
        await import.RequestStream.WriteAsync(new());
        Assert.True(await import.ResponseStream.MoveNext(default));
    }

    private static Task<RpcException> RefusedAsync<T>(IAsyncStreamReader<T> stream) => Assert.ThrowsAsync<RpcException>(() => stream.MoveNext(default));

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
